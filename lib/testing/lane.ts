import fc from 'fast-check';
import type { Severity } from '@/lib/domain/event';
import type { Gear } from '@/lib/domain/gear';
import { foldLane } from '@/lib/domain/lane/fold-lane';
import { inLaneOrder, type LaneEntry, type LateNews } from '@/lib/domain/lane/lane-entry';
import type { LaneLog, LoggedMove, RecommendationEnd } from '@/lib/domain/lane/lane-log';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import {
  createLane,
  type EncodedLane,
  encodeLane,
  type LaneState,
  type OpenRecommendation,
} from '@/lib/domain/lane/lane-state';
import type { LaneWeek } from '@/lib/domain/lane/lane-week';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { DEFAULT_ENGINE_CONFIG } from '@/lib/domain/trust/engine-config';
import { QUICK } from '@/lib/domain/trust/testing';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Gait's own defaults. */
export const DEFAULT_RULES: LaneRules = {
  engine: DEFAULT_ENGINE_CONFIG,
  ceiling: 'run',
  approvalsNeeded: { walk: 1, run: 2 },
};

/** A quick-tempered lane: short histories see every gear, alarm and epoch. */
export const QUICK_RULES: LaneRules = { ...DEFAULT_RULES, engine: QUICK };

type Told = { open: OpenRecommendation; end: RecommendationEnd | null; endedAt: number | null };

/** What a fold has written, in a form that can be compared. */
export type Written = {
  moves: LoggedMove[];
  /** The last that was said of each recommendation, by key. */
  recommendations: Map<string, Told>;
  /** Finished weeks, by Monday. */
  weeks: Map<number, LaneWeek>;
  snapshots: { at: number; state: EncodedLane }[];
};

/** A log that keeps everything; one that is handed in is written on. */
export function aLog(
  written: Written = { moves: [], recommendations: new Map(), weeks: new Map(), snapshots: [] },
): {
  log: LaneLog;
  written: Written;
} {
  const tell = (open: OpenRecommendation, end: RecommendationEnd | null, endedAt: number | null) =>
    written.recommendations.set(open.key, { open: structuredClone(open), end, endedAt });
  const log: LaneLog = {
    move: (move) => written.moves.push(structuredClone(move)),
    open: (open) => tell(open, null, null),
    close: (open, end, at) => tell(open, end, at),
    week: (week) => written.weeks.set(week.week, structuredClone(week)),
    snapshot: (state, at) => written.snapshots.push({ at, state: encodeLane(state) }),
  };
  return { log, written };
}

/** Folds a lane from its beginning, or on from a state. */
export function folded(
  entries: readonly LaneEntry[],
  {
    rules = QUICK_RULES,
    until = Number.NEGATIVE_INFINITY,
    state = createLane(),
  }: { rules?: LaneRules; until?: number; state?: LaneState } = {},
): { state: LaneState; written: Written } {
  const { log, written } = aLog();
  foldLane(state, entries, until, rules, log);
  return { state, written };
}

/** A task that was decided, merged and reviewed; null as a score = nobody reviewed it. */
export function observed(ref: string, at: number, score: number | null = 1): LaneEntry {
  return { kind: 'observation', at, ref, score, merged: true, reviewed: score !== null, hasty: false };
}

/** So many clean tasks, one an hour. */
export function cleanTasks(count: number, from = STORY_START, prefix = 't'): LaneEntry[] {
  return Array.from({ length: count }, (_, index) =>
    observed(`${prefix}${index + 1}`, from + index * HOUR_MS),
  );
}

export function decided(
  at: number,
  to: Gear,
  who = 'lena',
  action: 'accept' | 'decline' = 'accept',
): LaneEntry {
  const name = who.charAt(0).toUpperCase() + who.slice(1);
  return {
    kind: 'decision',
    at,
    id: `${at}/${who}/${action}`,
    action,
    to,
    person: { id: who, name },
    reason: '',
  };
}

/** All charges of one task: each knows those before it. Null as a severity = a revert. */
export function charged(
  task: LaneEntry,
  news: readonly { at: number; severity: Severity | null }[],
): LaneEntry[] {
  if (task.kind !== 'observation') throw new Error('Only a task is charged.');
  const all = news
    .map(
      ({ at, severity }, index): LateNews => ({
        at,
        severity,
        key: severity ? `incident ${index}` : 'revert',
      }),
    )
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  const { ref, at, score } = task;
  return all.map((one, index) => ({
    kind: 'charge',
    ...one,
    ref,
    task: { at, score },
    earlier: all.slice(0, index),
  }));
}

const score = fc.constantFrom(1, 1, 1, 1, 1, 1, 0.7, 0.3, 0, null);
const gap = fc.constantFrom(0, 0, 1, 5, 10, 30, 200, 24 * 40).map((hours) => hours * HOUR_MS);
const severity = fc.constantFrom<(Severity | null)[]>(null, null, 'SEV4', 'SEV3', 'SEV2', 'SEV1');
const laterNews = fc.record({
  after: fc.constantFrom(0, 1, 20, 80, 200, 24 * 60).map((hours) => hours * HOUR_MS),
  severity,
});

const turn = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      deed: fc.constant('tasks' as const),
      gap,
      score,
      times: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      deed: fc.constant('charged' as const),
      gap,
      score,
      news: fc.array(laterNews, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      deed: fc.constant('decided' as const),
      gap,
      to: fc.constantFrom<Gear[]>('walk', 'run'),
      who: fc.constantFrom('lena', 'otto'),
      action: fc.constantFrom('accept', 'accept', 'accept', 'decline'),
    }),
  },
);

/** Entries of a lane in lane order: runs of tasks, tasks with news that come later, decisions that fit or do not. */
export const laneHistories: fc.Arbitrary<LaneEntry[]> = fc
  .array(turn, { maxLength: 30, size: 'max' })
  .map((turns) => {
    let at = STORY_START;
    let number = 0;
    const ref = () => {
      number += 1;
      return `t${number}`;
    };
    const entries = turns.flatMap((one): LaneEntry[] => {
      at += one.gap;
      switch (one.deed) {
        case 'tasks':
          return Array.from({ length: one.times }, () => {
            at += HOUR_MS;
            return observed(ref(), at, one.score);
          });
        case 'charged': {
          const task = observed(ref(), at, one.score);
          return [
            task,
            ...charged(
              task,
              one.news.map(({ after, ...rest }) => ({ at: task.at + after, ...rest })),
            ),
          ];
        }
        case 'decided':
          return [decided(at, one.to, one.who, one.action === 'decline' ? 'decline' : 'accept')];
        default:
          return one satisfies never;
      }
    });
    // One decision a person and instant, one revert a task: as the record has it.
    const seen = new Set<string>();
    return inLaneOrder(entries).filter((entry) => {
      const key =
        entry.kind === 'decision'
          ? entry.id
          : `${entry.kind}/${entry.ref}/${entry.kind === 'charge' ? entry.key : ''}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  });
