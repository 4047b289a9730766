import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clientAddress } from './client-address';

it('is the connection’s own, whatever a request says, where no proxy stands before Gait', () => {
  fc.assert(
    fc.property(fc.option(fc.string(), { nil: undefined }), (forwarded) => {
      expect(clientAddress(forwarded, '203.0.113.9', 0)).toBe('203.0.113.9');
    }),
  );
});

it('behind proxies is what the outermost of them saw, not what was sent to it', () => {
  expect(clientAddress('198.51.100.7', '10.0.0.1', 1)).toBe('198.51.100.7');
  expect(clientAddress('1.1.1.1, 198.51.100.7', '10.0.0.1', 1)).toBe('198.51.100.7');
  expect(clientAddress('1.1.1.1, 198.51.100.7, 10.0.0.2', '10.0.0.1', 2)).toBe('198.51.100.7');
  expect(clientAddress(undefined, '10.0.0.1', 1)).toBe('10.0.0.1');
});
