import { describe, expect, it } from 'vitest';
import { MOST_RESPONSE_BYTES } from './protocol';
import { readXml } from './xml';

/** As long as a response may be. */
function filled(make: (n: number) => string, around: (inside: string) => string): string {
  let inside = '';
  for (let n = 0; inside.length < MOST_RESPONSE_BYTES; n += 1) inside += make(n);
  return around(inside);
}
const nested = (count: number, start: (n: number) => string) =>
  `${Array.from({ length: count }, (_, n) => start(n)).join('')}${'</a>'.repeat(count)}`;

describe('XML that anybody may send', () => {
  it.each([
    ['entities of entities', '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>', 'document type'],
    [
      'many attributes',
      filled(
        (n) => `b${n}="" `,
        (all) => `<a ${all}/>`,
      ),
      'more than 50 attributes',
    ],
    [
      'many namespaces',
      filled(
        (n) => `xmlns:b${n}='u' `,
        (all) => `<a ${all}/>`,
      ),
      'more than 50 attributes',
    ],
    [
      'many elements',
      filled(
        () => '<b/>',
        (all) => `<a>${all}</a>`,
      ),
      'more than 5000 elements',
    ],
    ['deep elements', nested(4_000, () => '<a>'), 'more than 40 elements deep'],
    ['deep namespaces', nested(4_000, (n) => `<a xmlns:b${n}="u">`), 'more than 40 elements deep'],
    [
      'deep elements that seem to end at once',
      nested(4_000, () => '<a b="/>">'),
      'more than 40 elements deep',
    ],
    ['what comes to no end', `<a b="${'x'.repeat(MOST_RESPONSE_BYTES)}`, 'no well-formed XML'],
    ['tags that come to no end', '<a '.repeat(4_000), 'no well-formed XML'],
  ])('is refused before it costs much: %s', (_, xml, because) => {
    const began = performance.now();
    expect(() => readXml(xml)).toThrow(because);
    expect(performance.now() - began).toBeLessThan(200);
  });

  it('is read as deep, and with as many attributes, as allowed', () => {
    const tag = `<a ${Array.from({ length: 50 }, (_, n) => `b${n}="/>'"`).join(' ')}>`;
    expect(readXml(nested(40, () => tag)).attributes).toHaveLength(50);
  });
});
