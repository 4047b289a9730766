import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charged, DAY_MS, folded, HOUR_MS, laneHistories, observed, QUICK_RULES } from '@/lib/testing/lane';
import { STORY_START } from '../testing/event-log';
import { pendingRecords } from '../trust/pending';
import type { LaneEntry, LateNews } from './lane-entry';
import { explainCharges, type Standing, standingOf } from './standing';

const { maturityDays } = QUICK_RULES.engine;

/** How each task of a history stands, by what is kept of it: its observation and its charges. */
function standingsOf(entries: readonly LaneEntry[], now: number): Map<string, Standing> {
  const { epochStarts } = folded(entries, { until: now }).state;
  const news = (ref: string): LateNews[] =>
    entries.flatMap((entry) => (entry.kind === 'charge' && entry.ref === ref ? [entry] : []));
  return new Map(
    entries.flatMap((entry) =>
      entry.kind === 'observation'
        ? [[entry.ref, standingOf({ ...entry, charges: news(entry.ref) }, epochStarts, maturityDays, now)]]
        : [],
    ),
  );
}

describe('standingOf', () => {
  it('is what the lane does: a task matures as long as it waits in the present epoch', () => {
    fc.assert(
      fc.property(laneHistories, fc.nat(), fc.nat({ max: maturityDays * 24 }), (history, cut, hours) => {
        const entries = history.slice(0, (cut % (history.length + 1)) + 1);
        const now = (entries.at(-1)?.at ?? STORY_START) + hours * HOUR_MS;
        const { engine } = folded(entries, { until: now }).state;
        const waiting = pendingRecords(engine.pending)
          .filter(({ epoch }) => epoch === engine.promotion.epoch)
          .map(({ task }) => task);
        const maturing = [...standingsOf(entries, now)].filter(([, { kind }]) => kind === 'maturing');
        expect(maturing.map(([ref]) => ref).sort()).toEqual(waiting.sort());
      }),
      { numRuns: 500 },
    );
  });

  it('of a task that nobody reviewed begins with the news: it matures from then on, worth 0', () => {
    const task = observed('t', STORY_START, null);
    const at = STORY_START + 30 * DAY_MS;
    const entries = [task, ...charged(task, [{ at, severity: 'SEV3' }])];
    const maturesAt = at + maturityDays * DAY_MS;
    expect(standingsOf([task], at).get('t')).toEqual({ kind: 'none', at: null });
    expect(standingsOf(entries, maturesAt - 1).get('t')).toEqual({
      kind: 'maturing',
      at: new Date(maturesAt).toISOString(),
    });
    expect(standingsOf(entries, maturesAt).get('t')).toEqual({ kind: 'counted', at: null });
  });

  it('of a reviewed task is not moved by news: it matures when it would have', () => {
    const task = observed('t', STORY_START);
    const entries = [task, ...charged(task, [{ at: STORY_START + DAY_MS, severity: null }])];
    const at = new Date(STORY_START + maturityDays * DAY_MS).toISOString();
    expect(standingsOf(entries, STORY_START + 2 * DAY_MS).get('t')).toEqual({ kind: 'maturing', at });
  });
});

describe('explainCharges', () => {
  const [revert, sev2, sev4] = ([null, 'SEV2', 'SEV4'] as const).map((severity, index) => ({
    at: STORY_START,
    key: `${index}`,
    severity,
  }));
  if (!revert || !sev2 || !sev4) throw new Error('Three pieces of news.');

  it.each([
    [[], 'maturing', ''],
    [[revert], 'maturing', 'It was reverted. Once it has matured, it counts as 0.'],
    [[sev2], 'counted', 'An incident is charged to it. It counts as 0.'],
    [
      [sev2, sev4],
      'older_epoch',
      '2 incidents are charged to it. It is worth 0, in an epoch that has ended.',
    ],
    [[revert, sev4], 'none', 'It was reverted and an incident is charged to it. It is worth 0.'],
  ] as const)('of %j, %s', (charges, kind, sentence) => {
    expect(explainCharges(charges, { kind, at: null })).toBe(sentence);
  });
});
