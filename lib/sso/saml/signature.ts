import { all, anywhere, attribute, childrenOf, NS, one, XmlProblem } from './xml';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const SIGNATURES = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
]);
const DIGESTS = new Set([
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
]);
const KEY_WRAPS = new Set(['http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p']);
const CIPHERS = new Set([
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
]);

/**
 * Looks at every signature below before any is checked: each must sign the very element that it stands in, whole, in the ways that
 * identity providers do, and nothing else. That leaves no room for wrapping, transforms and weak algorithms.
 * @returns the elements that are signed
 */
export function screenSignatures(root: Element): Set<Element> {
  const isSignature = (element: Element) => element.localName === 'Signature';
  const signed = new Set<Element>();
  for (const signature of [...(isSignature(root) ? [root] : []), ...anywhere(root, 'Signature')]) {
    const parent = signature.parentNode as Element;
    if (signature.namespaceURI !== NS.ds) throw new XmlProblem('a Signature is none of XML Signature');
    const isOfMessage = parent === root || (parent.parentNode === root && parent.localName === 'Assertion');
    if (!isOfMessage) throw new XmlProblem('a signature stands where none belongs');
    if (signed.has(parent)) throw new XmlProblem('an element has two signatures');
    screenSignature(signature, parent);
    signed.add(parent);
  }
  return signed;
}

function screenSignature(signature: Element, parent: Element): void {
  if (childrenOf(signature).some(({ localName }) => localName === 'Object'))
    throw new XmlProblem('a signature holds an object');
  const info = need(signature, 'SignedInfo');
  if (anywhere(signature, 'SignedInfo').length > 1)
    throw new XmlProblem('a signature says twice what it signs');
  requireAlgorithm(need(info, 'CanonicalizationMethod'), new Set([EXCLUSIVE]), 'canonicalisation');
  requireAlgorithm(need(info, 'SignatureMethod'), SIGNATURES, 'signature algorithm');
  const reference = need(info, 'Reference');
  const id = attribute(parent, 'ID') ?? '';
  if (id === '' || attribute(reference, 'URI') !== `#${id}`)
    throw new XmlProblem('a signature does not sign the element that it stands in');
  requireAlgorithm(need(reference, 'DigestMethod'), DIGESTS, 'digest');
  const transforms = all(need(reference, 'Transforms'), 'ds', 'Transform').map((each) =>
    attribute(each, 'Algorithm'),
  );
  if (transforms.length !== 2 || transforms[0] !== ENVELOPED || transforms[1] !== EXCLUSIVE)
    throw new XmlProblem(`the transforms ${transforms.join(', ')} are not accepted`);
}

/** Looks at how an assertion is encrypted: no padding that can be asked out of us (RSA 1.5), and no broken cipher. */
export function screenEncryption(encrypted: Element): void {
  const [data, ...more] = childrenOf(encrypted).filter(({ localName }) => localName === 'EncryptedData');
  if (!data || more.length > 0 || data.namespaceURI !== NS.xenc)
    throw new XmlProblem('an encrypted assertion holds no data, or too much');
  const methods = anywhere(encrypted, 'EncryptionMethod');
  const [ofData] = all(data, 'xenc', 'EncryptionMethod');
  const [ofKey] = methods.filter((method) => method !== ofData);
  if (!ofData || !ofKey || methods.length !== 2 || anywhere(encrypted, 'CipherReference').length > 0)
    throw new XmlProblem('an encrypted assertion does not say how it is encrypted');
  requireAlgorithm(ofData, CIPHERS, 'cipher');
  requireAlgorithm(ofKey, KEY_WRAPS, 'key encryption');
}

function need(element: Element, name: string): Element {
  const found = one(element, 'ds', name);
  if (!found) throw new XmlProblem(`a signature has no ${name}`);
  return found;
}

function requireAlgorithm(element: Element, allowed: ReadonlySet<string>, what: string): void {
  const algorithm = attribute(element, 'Algorithm') ?? 'none';
  if (!allowed.has(algorithm)) throw new XmlProblem(`the ${what} ${algorithm} is not accepted`);
}
