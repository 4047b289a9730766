import type { Claims } from '@/lib/domain/identity/claims';
import { all, anywhere, attribute, childrenOf, NS, one, textOf, XmlProblem } from './xml';

/** How far the provider's clock may differ from ours, in ms. */
const SKEW_MS = 30_000;
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
/** Each assertion is good once anyway, and is handed to nobody. */
const CONDITIONS = new Set(['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']);
const MOST_ID_LENGTH = 256;

/** The name under which the NameID stands among the attributes. */
export const NAME_ID = 'NameID';

/** What an answer is held against. Times in ms since 1970. */
export type Expected = {
  issuer: string;
  audience: string;
  recipient: string;
  /** The request that it answers; null: it must answer none. */
  requestId: string | null;
  now: number;
  /** The person must have proven who they are since then. */
  authenticatedSince?: number;
  /** The attribute that names the person. */
  subjectName: string;
};

/** What the response says around its assertion. It need not be signed, so it can only refuse. */
export function checkResponse(response: Element, isSigned: boolean, expected: Expected): void {
  const status = one(response, 'samlp', 'Status');
  const code = status && one(status, 'samlp', 'StatusCode');
  const value = (code && attribute(code, 'Value')) ?? 'none';
  if (value !== SUCCESS)
    throw new XmlProblem(`the provider answers with the status ${saidOf(status, value)}`);
  if (attribute(response, 'Version') !== '2.0') throw new XmlProblem('it is not of SAML 2.0');
  const issuer = one(response, 'saml', 'Issuer');
  if (issuer && textOf(issuer) !== expected.issuer) throw new XmlProblem('the response is of another issuer');
  const destination = attribute(response, 'Destination');
  if ((isSigned || destination !== null) && destination !== expected.recipient)
    throw new XmlProblem('the response is meant for another address (Destination)');
  requireAnswer(attribute(response, 'InResponseTo'), expected, 'the response');
}

function saidOf(status: Element | null, value: string): string {
  const message = status && one(status, 'samlp', 'StatusMessage');
  const nested = status ? anywhere(status, 'StatusCode').map((each) => attribute(each, 'Value')) : [];
  return [...new Set([value, ...nested, message && textOf(message)])]
    .filter(Boolean)
    .join(': ')
    .slice(0, 500);
}

/** What a signed assertion says. */
export type Asserted = { assertionId: string; usableUntil: Date; claims: Claims };

/** @param assertion exactly what was signed @throws XmlProblem with the first thing that is wrong */
export function readAssertion(assertion: Element, expected: Expected): Asserted {
  const assertionId = attribute(assertion, 'ID') ?? '';
  if (assertionId === '' || assertionId.length > MOST_ID_LENGTH)
    throw new XmlProblem('the assertion has no ID');
  if (attribute(assertion, 'Version') !== '2.0') throw new XmlProblem('the assertion is not of SAML 2.0');
  if (timeOf(assertion, 'IssueInstant', true) > expected.now + SKEW_MS)
    throw new XmlProblem('the assertion is of a time to come (IssueInstant)');
  const issuer = one(assertion, 'saml', 'Issuer');
  if (!issuer || textOf(issuer) !== expected.issuer)
    throw new XmlProblem('the assertion is of another issuer');
  const subject = one(assertion, 'saml', 'Subject');
  if (!subject) throw new XmlProblem('the assertion is about nobody (no Subject)');
  checkConditions(one(assertion, 'saml', 'Conditions'), expected);
  checkAuthentication(all(assertion, 'saml', 'AuthnStatement'), expected);
  const usableUntil = new Date(confirmedUntil(subject, expected) + SKEW_MS);
  const attributes = attributesOf(assertion);
  const nameId = nameIdOf(subject, expected.subjectName);
  return {
    assertionId,
    usableUntil,
    claims: Object.fromEntries([...attributes, ...(nameId === null ? [] : [[NAME_ID, nameId] as const])]),
  };
}

function checkConditions(conditions: Element | null, { now, audience }: Expected): void {
  if (!conditions) throw new XmlProblem('the assertion has no conditions');
  requireTime(conditions, now, 'the assertion');
  if (childrenOf(conditions).some((each) => each.namespaceURI !== NS.saml || !CONDITIONS.has(each.localName)))
    throw new XmlProblem('the assertion has a condition that is not understood');
  const restrictions = all(conditions, 'saml', 'AudienceRestriction');
  const isMeant = (restriction: Element) =>
    all(restriction, 'saml', 'Audience').some((each) => textOf(each)?.trim() === audience);
  if (restrictions.length === 0 || !restrictions.every(isMeant))
    throw new XmlProblem('the assertion is meant for somebody else (Audience)');
}

function checkAuthentication(statements: Element[], { now, authenticatedSince }: Expected): void {
  if (statements.length === 0) throw new XmlProblem('the assertion does not say that somebody signed in');
  for (const statement of statements) {
    if (timeOf(statement, 'SessionNotOnOrAfter', false, now + 1) <= now - SKEW_MS)
      throw new XmlProblem('the session at the provider has ended (SessionNotOnOrAfter)');
    const at = timeOf(statement, 'AuthnInstant', true);
    if (authenticatedSince !== undefined && at < authenticatedSince - SKEW_MS)
      throw new XmlProblem('the person did not prove anew who they are (AuthnInstant)');
  }
}

/** Until when one of the confirmations lets a bearer use the assertion, here and for this request. */
function confirmedUntil(subject: Element, { now, recipient, requestId }: Expected): number {
  const problems: string[] = ['no SubjectConfirmation'];
  for (const confirmation of all(subject, 'saml', 'SubjectConfirmation')) {
    const data = one(confirmation, 'saml', 'SubjectConfirmationData');
    try {
      if (attribute(confirmation, 'Method') !== BEARER) throw new XmlProblem('the method is not bearer');
      if (!data) throw new XmlProblem('it has no data');
      if (attribute(data, 'Recipient') !== recipient)
        throw new XmlProblem('it is for another address (Recipient)');
      requireAnswer(attribute(data, 'InResponseTo'), { requestId }, 'it');
      requireTime(data, now, 'it');
      return timeOf(data, 'NotOnOrAfter', true);
    } catch (error) {
      if (!(error instanceof XmlProblem)) throw error;
      problems.push(error.message);
    }
  }
  throw new XmlProblem(`nobody may use the assertion here: ${problems.at(-1)}`);
}

function requireAnswer(
  inResponseTo: string | null,
  { requestId }: Pick<Expected, 'requestId'>,
  what: string,
): void {
  if (requestId === null && inResponseTo !== null)
    throw new XmlProblem(`${what} answers a request, but came without one (InResponseTo)`);
  if (requestId !== null && inResponseTo !== requestId)
    throw new XmlProblem(`${what} answers another request (InResponseTo)`);
}

function requireTime(element: Element, now: number, what: string): void {
  if (timeOf(element, 'NotBefore', false, now) > now + SKEW_MS)
    throw new XmlProblem(`${what} is not valid yet`);
  if (timeOf(element, 'NotOnOrAfter', false, now + 1) <= now - SKEW_MS)
    throw new XmlProblem(`${what} has expired`);
}

/** A time in UTC, ms since 1970. */
function timeOf(element: Element, name: string, isNeeded: boolean, otherwise = 0): number {
  const text = attribute(element, name);
  if (text === null && !isNeeded) return otherwise;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text ?? '')
    ? Date.parse(text ?? '')
    : Number.NaN;
  if (Number.isNaN(at)) throw new XmlProblem(`${element.localName} has no proper ${name}`);
  return at;
}

function nameIdOf(subject: Element, subjectName: string): string | null {
  if (all(subject, 'saml', 'EncryptedID').length > 0) throw new XmlProblem('the name is encrypted by itself');
  const nameId = one(subject, 'saml', 'NameID');
  if (!nameId) return null;
  if (subjectName === NAME_ID && attribute(nameId, 'Format') === TRANSIENT)
    throw new XmlProblem(
      'the NameID is transient: it names nobody twice. Let the provider send a persistent one',
    );
  return textOf(nameId);
}

/** The texts of each attribute: one as a text, several as a list. One name that comes twice is one attribute. */
function attributesOf(assertion: Element): [string, unknown][] {
  const texts = new Map<string, string[]>();
  const attributes = all(assertion, 'saml', 'AttributeStatement').flatMap((each) =>
    all(each, 'saml', 'Attribute'),
  );
  for (const each of attributes) {
    const name = attribute(each, 'Name') ?? '';
    const values = all(each, 'saml', 'AttributeValue').flatMap((value) => textOf(value) ?? []);
    texts.set(name, [...(texts.get(name) ?? []), ...values]);
  }
  return [...texts].map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
}
