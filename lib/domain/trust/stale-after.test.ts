import { describe, expect, it } from 'vitest';
import type { Gear } from '../gear';
import { STALE_DAYS } from './constants';
import { createEngine, type EngineState, isStale, staleAfter } from './engine-state';
import { noteMatured } from './freshness';

/** A lane in a gear whose tasks matured on these days, all of them clean unless told otherwise. */
function aLane(gear: Gear, days: readonly number[], clean = true): EngineState {
  const lane = { ...createEngine(), gear };
  for (const day of days) noteMatured(lane.freshness, day, clean, gear !== 'crawl');
  return lane;
}

describe('when a gear stops being current', () => {
  it.each(['walk', 'run'] as const)('in %s: so many days after the fifth-last task matured', (gear) => {
    expect(staleAfter(aLane(gear, [1, 2, 3, 4, 5]))).toBe(1 + STALE_DAYS);
    expect(staleAfter(aLane(gear, [1, 2, 3, 4, 5, 6.5, 40]))).toBe(3 + STALE_DAYS);
  });

  it('is never in crawl, however old its evidence', () => {
    expect(staleAfter(aLane('crawl', []))).toBeNull();
    expect(staleAfter(aLane('crawl', [1, 2, 3, 4, 5]))).toBeNull();
    expect(isStale(aLane('crawl', [1, 2, 3, 4, 5]), 1_000)).toBe(false);
  });

  it('was long ago when fewer than five tasks have matured', () => {
    expect(staleAfter(aLane('walk', [1, 2, 3, 4]))).toBe(Number.NEGATIVE_INFINITY);
  });

  it('was long ago while clean tasks are owed, and is counted anew once they have come', () => {
    const late = [200, 201, 202, 203];
    expect(staleAfter(aLane('walk', [1, 2, 3, 4, 5, ...late]))).toBe(Number.NEGATIVE_INFINITY);
    expect(staleAfter(aLane('walk', [1, 2, 3, 4, 5, ...late, 204]))).toBe(200 + STALE_DAYS);
    expect(staleAfter(aLane('walk', [1, 2, 3, 4, 5, ...late, 204], false))).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is the last moment at which the gear is current', () => {
    const lane = aLane('run', [1, 2, 3, 4, 5]);
    expect(isStale(lane, 1 + STALE_DAYS)).toBe(false);
    expect(isStale(lane, 1 + STALE_DAYS + 0.001)).toBe(true);
  });
});
