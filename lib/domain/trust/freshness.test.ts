import { describe, expect, it } from 'vitest';
import { cloneFreshness, createFreshness, currentUntil, type Freshness, noteMatured } from './freshness';

const maturedOn = (days: readonly number[], from: Freshness = createFreshness(), clean = true): Freshness => {
  const freshness = cloneFreshness(from);
  for (const day of days) noteMatured(freshness, day, clean, true);
  return freshness;
};

const hasGoneStale = (freshness: Freshness, t: number) => t > currentUntil(freshness);

describe('freshness', () => {
  const busy = maturedOn([1, 2, 3, 4, 5]);

  it('lasts 90 days from the fifth-last matured task', () => {
    expect(hasGoneStale(busy, 91)).toBe(false);
    expect(hasGoneStale(busy, 91.01)).toBe(true);
  });

  it('comes back with the fifth clean task, not before', () => {
    expect(hasGoneStale(maturedOn([200, 201, 202, 203], busy), 203)).toBe(true);
    expect(hasGoneStale(maturedOn([200, 201, 202, 203, 204], busy), 204)).toBe(false);
  });

  it('does not come back by tasks that are not clean', () => {
    const careless = maturedOn([200, 201, 202, 203, 204], busy, false);
    expect(hasGoneStale(careless, 204)).toBe(true);
    expect(hasGoneStale(maturedOn([205, 206, 207, 208, 209], careless), 209)).toBe(false);
  });

  it('does not come back while the tasks lie too far apart', () => {
    expect(hasGoneStale(maturedOn([200, 230, 260, 290, 320, 350, 380], busy), 380)).toBe(true);
    expect(hasGoneStale(maturedOn([200, 230, 260, 290, 320, 350, 360, 361, 362, 363], busy), 363)).toBe(
      false,
    );
  });

  it('is owed nothing in crawl', () => {
    const freshness = createFreshness();
    for (const day of [1, 2, 3, 4, 5]) noteMatured(freshness, day, false, false);
    expect(hasGoneStale(freshness, 5)).toBe(false);
  });

  it('copies do not share what changes', () => {
    const copy = maturedOn([6], busy);
    expect(copy.maturedAt).toEqual([2, 3, 4, 5, 6]);
    expect(busy.maturedAt).toEqual([1, 2, 3, 4, 5]);
  });
});
