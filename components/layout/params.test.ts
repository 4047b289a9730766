import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodePart } from '@/lib/domain/encode-part';
import { decodePart } from './params';

const names = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('%', '~', 'p', '25', '2F', '/', '#', '?', ' ')).map((parts) => parts.join('')),
);
const storable = names.filter((name) => !name.includes('\u0000') && name.isWellFormed());

it('a name comes back from the address as it was, whether the framework has decoded it or not', () => {
  fc.assert(
    fc.property(storable, (name) => {
      const part = encodePart(name);
      expect(decodePart(part)).toBe(name);
      expect(decodePart(decodeURIComponent(part))).toBe(name);
    }),
    { numRuns: 500 },
  );
});
