import { DOMParser } from '@xmldom/xmldom';

/** XML that is refused; the message is for the log, or for the admin who typed it. */
export class XmlProblem extends Error {}

export const NS = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
} as const;

const MOST_ELEMENTS = 5_000;
const DEEPEST = 40;
const MOST_ATTRIBUTES = 50;
/** A tag as XML allows it; what comes to no end is left to the parser. Nothing in it may hold `<`, so the whole takes one pass. */
const TAG = /<(\/?)[^\s<>/"'!][^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*>/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/**
 * Reads XML more strictly than its grammar: no document type, so no entities; no processing instruction; no comment, which two
 * readers may join texts around differently, unless they are allowed; nothing that the parser would only warn of; and not too many
 * or too deep elements.
 * @returns the root
 */
export function readXml(xml: string, { comments = false } = {}): Element {
  const declared = /^<\?xml\s[^>]*?\?>/.exec(xml)?.[0] ?? '';
  if (/encoding\s*=\s*["'](?!utf-8["'])/i.test(declared)) throw new XmlProblem('it is not in UTF-8');
  const rest = xml.slice(declared.length);
  if (/<!(?!\[CDATA\[|--)/.test(rest)) throw new XmlProblem('it declares a document type or entities');
  if (!comments && rest.includes('<!--')) throw new XmlProblem('it holds a comment');
  if (rest.includes('<?')) throw new XmlProblem('it holds a processing instruction');
  if (CONTROL.test(rest)) throw new XmlProblem('it holds a control character');
  if ((rest.match(/<[^/]/g)?.length ?? 0) > MOST_ELEMENTS)
    throw new XmlProblem(`it has more than ${MOST_ELEMENTS} elements`);
  if (!comments) requireModestTags(rest);
  const document = parse(rest.trim());
  const root = document.documentElement;
  if (!comments && document.childNodes.length !== 1) throw new XmlProblem('something stands beside its root');
  requireModest(root);
  return root;
}

/** Measured before parsing: the parser takes time that grows with the square of what nests, and of what stands in one tag. */
function requireModestTags(xml: string): void {
  let depth = 0;
  for (const [tag, end] of xml.matchAll(TAG)) {
    if ((tag.match(/"[^"]*"|'[^']*'/g)?.length ?? 0) > MOST_ATTRIBUTES)
      throw new XmlProblem(`an element has more than ${MOST_ATTRIBUTES} attributes`);
    if (end) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > DEEPEST) throw tooDeep();
  }
}

const tooDeep = () => new XmlProblem(`it is more than ${DEEPEST} elements deep`);

/** Stops at the first thing that is wrong: going on would take time that grows with the square of what is wrong. */
function parse(xml: string): Document {
  let first: XmlProblem | null = null;
  const stop = (text: unknown) => {
    first ??= new XmlProblem(`it is no well-formed XML (${String(text).split('\n')[0]})`);
    throw first;
  };
  const errorHandler = { warning: stop, error: stop, fatalError: stop };
  const document = new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml') as Document | undefined;
  if (!document?.documentElement) throw new XmlProblem('it is no well-formed XML (empty)');
  return document;
}

function requireModest(root: Element): void {
  const ids = new Set<string>();
  const walk = (element: Element, depth: number) => {
    if (depth > DEEPEST) throw tooDeep();
    for (const attribute of Array.from(element.attributes)) {
      if ((attribute.localName ?? attribute.name).toLowerCase() !== 'id') continue;
      if (ids.has(attribute.value)) throw new XmlProblem('two elements have one ID');
      ids.add(attribute.value);
    }
    if (CONTROL.test(ownText(element))) throw new XmlProblem('it holds a control character');
    for (const child of childrenOf(element)) walk(child, depth + 1);
  };
  walk(root, 1);
}

const ownText = (element: Element) =>
  [...Array.from(element.attributes), ...Array.from(element.childNodes)]
    .map(({ nodeValue }) => nodeValue ?? '')
    .join('');

export function childrenOf(element: Element): Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === ELEMENT);
}

/** The children of one name in one namespace. */
export function all(element: Element, ns: keyof typeof NS, name: string): Element[] {
  return childrenOf(element).filter((child) => child.namespaceURI === NS[ns] && child.localName === name);
}

/** The only child of its name; null when there is none. */
export function one(element: Element, ns: keyof typeof NS, name: string): Element | null {
  const found = all(element, ns, name);
  if (found.length > 1) throw new XmlProblem(`${element.localName} has more than one ${name}`);
  return found[0] ?? null;
}

/** Elements of this local name anywhere below, in whatever namespace: what another reader might take for the real one. */
export function anywhere(element: Element, name: string): Element[] {
  return childrenOf(element).flatMap((child) => [
    ...(child.localName === name ? [child] : []),
    ...anywhere(child, name),
  ]);
}

/** An element's text; null when it holds other elements. */
export function textOf(element: Element): string | null {
  const nodes = Array.from(element.childNodes);
  if (nodes.some(({ nodeType }) => nodeType !== TEXT && nodeType !== CDATA)) return null;
  return nodes.map(({ nodeValue }) => nodeValue ?? '').join('');
}

/** An attribute without a prefix; null where it is missing. */
export function attribute(element: Element, name: string): string | null {
  return element.hasAttribute(name) ? element.getAttribute(name) : null;
}
