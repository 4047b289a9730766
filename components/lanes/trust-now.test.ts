import { expect, it } from 'vitest';
import type { TrustPoint } from '@/components/charts/trust-chart-types';
import { nowOf, summaryOf } from './trust-now';

const score = { at: '2026-11-23T00:00:00.000Z', value: 0.8, low: 0.7, high: 0.9, ownCount: 4, otherLanes: 3 };

const lastWeek: TrustPoint = {
  ...{ at: Date.UTC(2026, 7, 3), score: 0.95, low: 0.91, high: 0.97, proven: 0.9 },
  ...{ gear: 'walk', decided: 12, reviewed: 12, href: '/acme/tasks' },
};

it('the chart goes on to now while a good part of the score is the lane’s own', () => {
  const now = nowOf({ score: { ...score, priorShare: 0.75 } });
  expect(now).toEqual({ at: Date.UTC(2026, 10, 23), score: 0.8, low: 0.7, high: 0.9 });
  expect(summaryOf([lastWeek], now)).toContain('score now .80, between .70 and .90');
});

it('the chart ends with its last week once the score is mostly borrowed, or there is none', () => {
  for (const page of [{ score: { ...score, priorShare: 0.76 } }, { score: null }]) {
    const now = nowOf(page);
    expect(now).toBeNull();
    expect(summaryOf([lastWeek], now)).toContain('score then .95, between .91 and .97');
  }
});
