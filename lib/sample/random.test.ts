import { describe, expect, it } from 'vitest';
import { dealFates, EXCELLENT, readFates } from './fate';
import { createRandom } from './random';

describe('createRandom', () => {
  it('repeats itself for one seed, and differs for another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, createRandom(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('is even enough: the mean of many draws lies in the middle', () => {
    const { next } = createRandom('even');
    const sum = Array.from({ length: 20_000 }, next).reduce((total, one) => total + one, 0);
    expect(sum / 20_000).toBeCloseTo(0.5, 2);
  });
});

describe('fates', () => {
  it('are dealt in their shares', () => {
    const fates = dealFates(EXCELLENT, 200, createRandom('deal'));
    expect(fates).toHaveLength(200);
    expect(fates.filter((fate) => fate === 'e')).toHaveLength(6);
    expect(fates.filter((fate) => fate === 'u')).toHaveLength(12);
  });

  it('are read note by note, and a wrong note is refused', () => {
    expect(readFates('ce s')).toEqual(['c', 'e', 's']);
    expect(() => readFates('cq')).toThrow('"q" is no fate');
  });
});
