import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { generateServiceProviderMetadata, SAML, type SamlConfig } from '@node-saml/node-saml';
import { decrypt } from 'xml-encryption';
import { AppError, messageOf } from '@/lib/platform/errors';
import type { SamlSettings } from '../schema';
import type { SamlAddresses } from './addresses';
import { type Asserted, checkResponse, type Expected, readAssertion } from './assertion';
import { screenEncryption, screenSignatures } from './signature';
import { all, anywhere, NS, readXml, XmlProblem } from './xml';

/** How large a response may be, in bytes of XML. */
export const MOST_RESPONSE_BYTES = 256 * 1024;

/** A connection as the protocol needs it; `keys` are private, the first is in use. */
export type SamlParty = { settings: SamlSettings; keys: readonly string[]; addresses: SamlAddresses };

/** What the answer is held against. `since` (ms since 1970) where the person must prove anew who they are. */
export type SamlChecks = { requestId: string; since?: number };

const decryptXml = promisify(decrypt);

function samlOf({ settings, keys, addresses }: SamlParty, more: Partial<SamlConfig>): SAML {
  const [privateKey = ''] = keys;
  return new SAML({
    issuer: addresses.entityId,
    callbackUrl: addresses.acsUrl,
    entryPoint: settings.provider.ssoUrl,
    idpCert: settings.provider.certificates,
    privateKey,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    // For whom and until when it is, we check ourselves: by our own clock, and with a reason for the log.
    audience: false,
    acceptedClockSkewMs: -1,
    ...more,
  });
}

type Begin = { state: string; fresh: boolean; now: number };

/** Where to send the browser, with a signed request, and what to keep until it comes back. */
export async function beginSaml(
  party: SamlParty,
  { state, fresh, now }: Begin,
): Promise<{ url: string; checks: SamlChecks }> {
  const requestId = `_${randomBytes(20).toString('hex')}`;
  const saml = samlOf(party, { generateUniqueId: () => requestId, forceAuthn: fresh });
  const url = await saml.getAuthorizeUrlAsync(state, undefined, {});
  return { url, checks: { requestId, ...(fresh && { since: now }) } };
}

/** What Gait says of itself to the provider. While a next certificate waits, both are there, and the next is to encrypt for. */
export function ownMetadata({ settings, keys, addresses }: SamlParty): string {
  const [privateKey = ''] = keys;
  return generateServiceProviderMetadata({
    issuer: addresses.entityId,
    callbackUrl: addresses.acsUrl,
    identifierFormat: null,
    wantAssertionsSigned: true,
    privateKey,
    publicCerts: settings.certificates,
    decryptionPvk: privateKey,
    decryptionCert: settings.certificates.at(-1) ?? null,
  });
}

type Answered = { posted: string; checks: SamlChecks | null; now: number };

/**
 * What a posted response says of whom. Our own eyes look first (form, algorithms, one assertion), then the library checks the
 * signatures and decrypts, and only what was signed is read. `checks` null: the provider began on its own.
 * @throws AppError `unauthenticated` with a reason that is for the log
 */
export async function readSamlAnswer(party: SamlParty, answered: Answered): Promise<Asserted> {
  try {
    return await read(party, answered);
  } catch (error) {
    throw new AppError('unauthenticated', `The provider’s response is refused: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

async function read(party: SamlParty, { posted, checks, now }: Answered): Promise<Asserted> {
  const { settings, addresses } = party;
  const expected: Expected = {
    issuer: settings.provider.entityId,
    audience: addresses.entityId,
    recipient: addresses.acsUrl,
    requestId: checks?.requestId ?? null,
    now,
    ...(checks?.since !== undefined && { authenticatedSince: checks.since }),
    subjectName: settings.claims.subject,
  };
  const xml = decode(posted);
  const response = readXml(xml);
  if (response.localName !== 'Response' || response.namespaceURI !== NS.samlp)
    throw new XmlProblem('it is no SAML response');
  const signed = screenSignatures(response);
  checkResponse(response, signed.has(response), expected);
  const { assertion, key } = await onlyAssertion(response, party.keys);
  const isAssertionSigned = screenSignatures(assertion).has(assertion);
  if (!isAssertionSigned && !signed.has(response)) throw new XmlProblem('nothing in it is signed');
  // Whatever carries a signature must carry a good one.
  const saml = samlOf(party, {
    wantAuthnResponseSigned: signed.has(response),
    wantAssertionsSigned: isAssertionSigned,
    ...(key !== undefined && { decryptionPvk: key }),
  });
  const { profile } = await saml.validatePostResponseAsync({
    SAMLResponse: Buffer.from(xml).toString('base64'),
  });
  const verified = profile?.getAssertionXml?.();
  if (!verified) throw new XmlProblem('it holds no assertion that is signed');
  const root = readXml(verified);
  if (root.localName !== 'Assertion' || root.namespaceURI !== NS.saml)
    throw new XmlProblem('what is signed is no assertion');
  return readAssertion(root, expected);
}

/** Base64 to text, strictly. It is never inflated: what comes by POST is not compressed. */
function decode(posted: string): string {
  if (posted.length > MOST_RESPONSE_BYTES * 1.5) throw new XmlProblem('it is too large');
  const base64 = posted.replace(/[\r\n\t ]/g, '');
  if (base64 === '' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw new XmlProblem('it is not in base64');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MOST_RESPONSE_BYTES) throw new XmlProblem('it is too large');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlProblem('it is not in UTF-8');
  }
}

type Found = { assertion: Element; key?: string };

/** The one assertion, directly in the response; decrypted where it is encrypted, with whichever of our keys opens it. */
async function onlyAssertion(response: Element, keys: readonly string[]): Promise<Found> {
  const anything = ['Assertion', 'EncryptedAssertion', 'Response'].flatMap((name) =>
    anywhere(response, name),
  );
  const plain = all(response, 'saml', 'Assertion');
  const encrypted = all(response, 'saml', 'EncryptedAssertion');
  const [only] = [...plain, ...encrypted];
  if (!only || anything.length !== 1) throw new XmlProblem('it does not hold exactly one assertion');
  if (encrypted.length === 0) return { assertion: only };
  screenEncryption(only);
  for (const key of keys) {
    const opened = await decryptXml(only.toString(), { key }).catch(() => null);
    if (typeof opened !== 'string') continue;
    const root = readXml(opened);
    if (
      root.localName !== 'Assertion' ||
      root.namespaceURI !== NS.saml ||
      anywhere(root, 'Assertion').length > 0
    )
      throw new XmlProblem('what is encrypted is not exactly one assertion');
    return { assertion: root, key };
  }
  throw new XmlProblem('the assertion is not encrypted for any of our keys');
}
