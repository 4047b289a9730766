import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitAskedFor } from './prefer';

describe('waitAskedFor', () => {
  it.each([
    ['wait=5', 5],
    ['Wait = 5', 5],
    ['wait="5"', 5],
    ['respond-async, wait=7; x=1', 7],
    ['handling=lenient ,wait=0', 0],
    ['wait=30', 30],
    ['wait=31', 30],
    ['wait=99999', 30],
    ['wait=99999999999999999999', 30],
    ['wait=5, wait=9', 5],
  ])('reads %j', (header, seconds) => {
    expect(waitAskedFor(header)).toBe(seconds);
  });

  it.each([
    null,
    '',
    'wait',
    'wait=',
    'wait=soon',
    'wait=-5',
    'wait=5.5',
    'wait=5s',
    'wait=5 9',
    'wait="5',
    'wait=5"5"',
    'await=5',
    'foo-wait=5',
    'wait=x, wait=5',
    'handling="a, wait=5"',
    'return=minimal; wait=5',
  ])('asks for nothing: %j', (header) => {
    expect(waitAskedFor(header)).toBeNull();
  });

  it('never throws, and never waits longer than allowed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'wait=509",; \\'.split('')), maxLength: 40 }),
        (header) => {
          const seconds = waitAskedFor(header);
          expect(seconds === null || (seconds >= 0 && seconds <= 30)).toBe(true);
        },
      ),
    );
  });
});
