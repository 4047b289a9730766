import { expect, it } from 'vitest';
import { sparkPath } from './spark-path';

/** How high up the points stand, bottom to top: 13 to 1. */
const heights = (path: string) => [...path.matchAll(/[ML]\S+ ([\d.]+)/g)].map(([, y]) => Number(y));

it('a lane that moves a lot uses the whole height', () => {
  expect(heights(sparkPath([0.5, 0.75, 1]))).toEqual([13, 7, 1]);
});

it('a lane that barely moves is drawn calm, in the middle', () => {
  expect(heights(sparkPath([0.8, 0.82]))).toEqual([8.2, 5.8]);
});

it('a lane without a fault runs along the top', () => {
  expect(heights(sparkPath([1, 1, 1]))).toEqual([1, 1, 1]);
});

it('a week without evidence leaves a gap, a week alone is a dot', () => {
  expect(sparkPath([1, null, 1, 1])).toBe('M32.0 1.0h.01M40.0 1.0L44.0 1.0');
  expect(sparkPath([null, null])).toBe('');
});
