import { X509Certificate } from 'node:crypto';
import { isTrusted } from '@/lib/platform/safe-fetch';
import type { SamlProvider } from '../schema';
import { all, anywhere, attribute, NS, one, readXml, textOf, XmlProblem } from './xml';

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const MOST_CERTIFICATES = 10;
const LEAST_BITS = 2048;
export const MOST_METADATA_BYTES = 1 << 20;

/**
 * Reads what an identity provider says of itself: its name, where to send people, and the certificates it signs with.
 * @throws XmlProblem with what is wrong, to be put behind "The metadata is refused: "
 */
export function readProviderMetadata(xml: string, now: Date): SamlProvider {
  if (Buffer.byteLength(xml) > MOST_METADATA_BYTES) throw new XmlProblem('it is larger than 1 MiB');
  const root = readXml(xml.replace(/^\uFEFF/, '').trim(), { comments: true });
  const described = [root, ...anywhere(root, 'EntityDescriptor')].filter(
    (entity) =>
      entity.localName === 'EntityDescriptor' &&
      entity.namespaceURI === NS.metadata &&
      all(entity, 'metadata', 'IDPSSODescriptor').length > 0,
  );
  const [entity, ...others] = described;
  if (!entity) throw new XmlProblem('it describes no identity provider (no IDPSSODescriptor)');
  if (others.length > 0) throw new XmlProblem('it describes several identity providers');
  const role = one(entity, 'metadata', 'IDPSSODescriptor') ?? entity;
  for (const each of [root, entity, role]) requireValid(each, now);
  const entityId = attribute(entity, 'entityID')?.trim() ?? '';
  if (entityId === '' || entityId.length > 1024) throw new XmlProblem('it has no entityID');
  return { entityId, ssoUrl: ssoUrlOf(role), certificates: certificatesOf(role) };
}

/** Of what the provider no longer stands by, nothing is taken. */
function requireValid(element: Element, now: Date): void {
  const until = attribute(element, 'validUntil');
  if (until === null) return;
  const at = Date.parse(until);
  if (Number.isNaN(at)) throw new XmlProblem('it has no proper validUntil');
  if (at <= now.getTime())
    throw new XmlProblem(`it was valid until ${until}, so ask the provider for the one of today`);
}

function ssoUrlOf(role: Element): string {
  const service = all(role, 'metadata', 'SingleSignOnService').find(
    (each) => attribute(each, 'Binding') === REDIRECT,
  );
  const location = (service && attribute(service, 'Location'))?.trim() ?? '';
  if (!URL.canParse(location)) throw new XmlProblem('it has no address for the HTTP-Redirect binding');
  const url = new URL(location);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isTrusted(url)))
    throw new XmlProblem(
      `its sign-in address must begin with https://, or GAIT_TRUSTED_HOSTS must name ${url.host}`,
    );
  return location;
}

function certificatesOf(role: Element): string[] {
  const found = all(role, 'metadata', 'KeyDescriptor')
    .filter((key) => (attribute(key, 'use') ?? 'signing') === 'signing')
    .flatMap((key) => all(key, 'ds', 'KeyInfo'))
    .flatMap((info) => all(info, 'ds', 'X509Data'))
    .flatMap((data) => all(data, 'ds', 'X509Certificate'))
    .map((each) => readCertificate(textOf(each) ?? ''));
  if (found.length === 0) throw new XmlProblem('it has no certificate to check signatures with');
  if (found.length > MOST_CERTIFICATES)
    throw new XmlProblem(`it has more than ${MOST_CERTIFICATES} certificates`);
  return [...new Set(found)];
}

/** @returns the certificate as PEM */
function readCertificate(base64: string): string {
  const certificate = parse(base64);
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'rsa') throw new XmlProblem('a certificate is not for RSA');
  if ((asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS)
    throw new XmlProblem(`a certificate's key has fewer than ${LEAST_BITS} bits`);
  return certificate.toString();
}

function parse(base64: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(base64.replace(/\s/g, ''), 'base64'));
  } catch {
    throw new XmlProblem('a certificate cannot be read');
  }
}
