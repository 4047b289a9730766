import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, leafHash, plainJson } from './entry';
import { appendLeaf, type CompactRange, EMPTY_RANGE, nodeHash, peakCount, treeRoot } from './tree';

/** The test leaves of Google's certificate-transparency, and the roots of their trees of every size. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition of RFC 6962 §2.1, word for word. */
function rootByDefinition(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) return treeRoot(EMPTY_RANGE);
  if (leaves.length === 1) return first;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)));
}

const grown = (leaves: readonly Buffer[]) => leaves.reduce<CompactRange>(appendLeaf, EMPTY_RANGE);

describe('the tree', () => {
  it('has the roots that RFC 6962 gives the known leaves', () => {
    const leaves = LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex').toString('latin1')));
    const roots = Array.from({ length: 9 }, (_, size) =>
      treeRoot(grown(leaves.slice(0, size))).toString('hex'),
    );
    expect(roots).toEqual(ROOTS);
  });

  it('has the root of the definition at every size, from as many peaks as the size has bits set', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (size) => {
        const leaves = Array.from({ length: size }, (_, index) => leafHash(String(index)));
        const range = grown(leaves);
        expect(range.size).toBe(size);
        expect(range.peaks).toHaveLength(size === 0 ? 0 : peakCount(size));
        expect(treeRoot(range)).toEqual(rootByDefinition(leaves));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the canonical text', () => {
  it('is that of RFC 8785', () => {
    const value = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '1': 'One',
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, -0],
    };
    expect(canonicalText(value)).toBe(
      '{"\\r":"CR","1":"One","numbers":[333333333.3333333,1e+30,4.5,0.002,0],"€":"Euro"}',
    );
  });

  it('survives JSON, and any order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = plainJson(value);
        const text = canonicalText(plain);
        expect(canonicalText(JSON.parse(text))).toBe(text);
        const isObject = typeof plain === 'object' && plain !== null && !Array.isArray(plain);
        if (isObject) expect(canonicalText(Object.fromEntries(Object.entries(plain).reverse()))).toBe(text);
      }),
    );
  });

  it('holds only what PostgreSQL holds too: neither NUL nor half a character', () => {
    expect(plainJson({ a: 'x\u0000y\ud800', b: undefined, at: new Date(0) })).toEqual({
      a: 'x y\ufffd',
      at: '1970-01-01T00:00:00.000Z',
    });
  });
});
