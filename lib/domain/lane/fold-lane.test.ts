import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aLog,
  charged,
  cleanTasks,
  DAY_MS,
  DEFAULT_RULES,
  decided,
  folded,
  HOUR_MS,
  laneHistories,
  observed,
  QUICK_RULES,
  type Written,
} from '@/lib/testing/lane';
import { STORY_START } from '../testing/event-log';
import { encodeEngine } from '../trust/engine-codec';
import { logEvidence } from '../trust/promotion';
import { createReplay, replayEvent } from '../trust/replay';
import { seededRandom } from '../trust/testing';
import type { TrustEvent } from '../trust/trust-event';
import { currentWeek, foldLane, nextMaturityAt } from './fold-lane';
import { inLaneOrder, type LaneEntry } from './lane-entry';
import { createLane, decodeLane, encodeLane, type LaneState } from './lane-state';
import { dayOf } from './task-record';

const comparable = (state: LaneState, written: Written) => ({
  state: encodeLane(state),
  week: currentWeek(state),
  moves: written.moves,
  recommendations: Object.fromEntries(written.recommendations),
  weeks: Object.fromEntries(written.weeks),
  snapshots: written.snapshots,
});

const MATURITY = 14 * DAY_MS;

const endOf = (entries: readonly LaneEntry[]) => (entries.at(-1)?.at ?? STORY_START) + 30 * DAY_MS;

/** A long lane, for what needs hundreds of entries. */
function longHistory(seed: number, turns = 16): LaneEntry[] {
  const [entries] = fc.sample(
    fc.array(laneHistories, { minLength: turns, maxLength: turns }).map((parts) => {
      let start = 0;
      return parts.flatMap((part, index) => {
        const moved = part.map((entry) => movedBy(entry, start, `${index}/`));
        start += Math.max(0, ...part.map(({ at }) => at - STORY_START)) + HOUR_MS;
        return moved;
      });
    }),
    { seed, numRuns: 1 },
  );
  return inLaneOrder(entries ?? []);
}

function movedBy(entry: LaneEntry, ms: number, prefix: string): LaneEntry {
  const at = entry.at + ms;
  if (entry.kind === 'decision') return { ...entry, at, id: `${prefix}${entry.id}` };
  const ref = `${prefix}${entry.ref}`;
  if (entry.kind === 'observation') return { ...entry, at, ref };
  const { task, earlier } = entry;
  return {
    ...entry,
    at,
    ref,
    task: { ...task, at: task.at + ms },
    earlier: earlier.map((news) => ({ ...news, at: news.at + ms })),
  };
}

describe('the laws of the fold', () => {
  it('folding in pieces, with looks at any time in between, equals folding at once', () => {
    fc.assert(
      fc.property(
        laneHistories,
        fc.array(fc.tuple(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }))),
        (entries, cuts) => {
          const until = endOf(entries);
          const whole = folded(entries, { until });
          const state = createLane();
          const { log, written } = aLog();
          let from = 0;
          for (const [cut, share] of cuts
            .map(([n, s]) => [n % (entries.length + 1), s] as const)
            .sort((a, b) => a[0] - b[0])) {
            const piece = entries.slice(from, cut);
            from = Math.max(from, cut);
            const start = entries[from - 1]?.at ?? STORY_START - DAY_MS;
            const end = entries[from]?.at ?? until;
            foldLane(state, piece, start + Math.floor((end - start) * share), QUICK_RULES, log);
          }
          foldLane(state, entries.slice(from), until, QUICK_RULES, log);
          expect(comparable(state, written)).toEqual(comparable(whole.state, whole.written));
        },
      ),
    );
  });

  it('the order in which entries arrive changes nothing', () => {
    fc.assert(
      fc.property(
        laneHistories.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, arrived]) => {
          expect(inLaneOrder(arrived)).toEqual(entries);
        },
      ),
    );
  });

  it('a state that was written down and read back goes on as if it never had been', () => {
    fc.assert(
      fc.property(laneHistories, (entries) => {
        const until = endOf(entries);
        const whole = folded(entries, { until });
        let state = createLane();
        const { log, written } = aLog();
        for (const entry of entries) {
          foldLane(state, [entry], Number.NEGATIVE_INFINITY, QUICK_RULES, log);
          state = decodeLane(JSON.parse(JSON.stringify(encodeLane(state))));
        }
        foldLane(state, [], until, QUICK_RULES, log);
        expect(comparable(state, written)).toEqual(comparable(whole.state, whole.written));
      }),
    );
  });

  it('replaying from any snapshot that was offered equals folding from the start', () => {
    let snapshots = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const entries = longHistory(seed);
      const until = endOf(entries);
      const whole = folded(entries, { until });
      for (const { at, state: encoded } of whole.written.snapshots) {
        snapshots += 1;
        const state = decodeLane(JSON.parse(JSON.stringify(encoded)));
        const weekThen = state.week?.week ?? 0;
        const rest = entries.filter((entry) => entry.at > at);
        const { written } = folded(rest, { until, state });
        expect(encodeLane(state)).toEqual(encodeLane(whole.state));
        expect(written.moves).toEqual(whole.written.moves.filter((move) => move.at > at));
        const later = [...whole.written.recommendations].filter(([, told]) => (told.endedAt ?? until) > at);
        expect(Object.fromEntries(written.recommendations)).toEqual(
          Object.fromEntries(later.filter(([key]) => written.recommendations.has(key))),
        );
        expect(
          later.filter(([key, told]) => told.open.openedAt > at && !written.recommendations.has(key)),
        ).toEqual([]);
        expect([...written.weeks]).toEqual([...whole.written.weeks].filter(([week]) => week >= weekThen));
      }
    }
    expect(snapshots).toBeGreaterThan(8);
  });

  it('offers a snapshot at least every 250 entries, between two instants, wherever the fold was cut', () => {
    const entries = longHistory(5);
    const { written } = folded(entries);
    const places = written.snapshots.map(({ at }) => entries.filter((entry) => entry.at <= at).length);
    expect(places[0]).toBeGreaterThanOrEqual(250);
    places.forEach((place, index) => {
      expect(place - (places[index - 1] ?? 0)).toBeLessThan(280);
    });
  });

  it('never offers a snapshot in the middle of an instant', () => {
    const entries = inLaneOrder(
      Array.from({ length: 400 }, (_, index) =>
        observed(`t${index}`, STORY_START + Math.floor(index / 8) * HOUR_MS),
      ),
    );
    const [snapshot, ...others] = folded(entries).written.snapshots;
    expect(snapshot?.state.entries).toBe(256);
    expect(snapshot?.at).toBe(STORY_START + 31 * HOUR_MS);
    expect(others).toEqual([]);
  });

  it('at one instant takes observations first, then charges, then decisions', () => {
    const [early, late] = [observed('a', STORY_START - HOUR_MS), observed('z', STORY_START)];
    const charges = charged(early, [{ at: STORY_START, severity: null }]);
    const decision = { ...decided(STORY_START, 'walk'), id: '0' } as LaneEntry;
    expect(inLaneOrder([decision, ...charges, late, early])).toEqual([early, late, ...charges, decision]);
  });

  it('keeps no more than the engine does: the state of a long lane is no larger than that of a short one', () => {
    const size = (state: LaneState) => JSON.stringify({ ...encodeLane(state), epochStarts: [] }).length;
    const short = folded(cleanTasks(60), { until: STORY_START + 90 * DAY_MS });
    const long = folded(cleanTasks(3_000), { until: STORY_START + 300 * DAY_MS });
    expect(size(long.state)).toBeLessThan(size(short.state) * 1.3);
  });
});

/** The same entries through the engine that keeps every task's record in a map, with the gears that were accepted. */
function throughTheMap(entries: readonly LaneEntry[], accepted: ReadonlySet<string>, until: number) {
  const replay = createReplay();
  const verdicts: { at: number; kind: string; to: string | null }[] = [];
  const feed = (at: number, event: TrustEvent) => {
    const { verdict } = replayEvent(replay, event, QUICK_RULES.engine);
    if (verdict.kind === 'demote') verdicts.push({ at, kind: verdict.kind, to: verdict.to });
  };
  for (const entry of entries) {
    const t = Math.max(dayOf(entry.at), replay.state.lastT ?? Number.NEGATIVE_INFINITY);
    if (entry.kind === 'observation' && entry.score !== null)
      feed(entry.at, { type: 'review', t, task: entry.ref, x: entry.score });
    if (entry.kind === 'charge') {
      const { ref: task, severity } = entry;
      feed(
        entry.at,
        severity === null ? { type: 'revert', t, task } : { type: 'incident', severity, t, task },
      );
    }
    if (entry.kind === 'decision' && accepted.has(`${entry.at}/${entry.to}`))
      feed(entry.at, { type: 'accept', t, gear: entry.to });
  }
  feed(until, { type: 'tick', t: Math.max(dayOf(until), replay.state.lastT ?? 0) });
  return { replay, verdicts };
}

describe('records rebuilt for charges', () => {
  it('are those the engine would hold itself: the same demotions, and the same evidence to 1e-12', () => {
    let charges = 0;
    fc.assert(
      fc.property(laneHistories, (entries) => {
        const until = endOf(entries);
        const { state, written } = folded(entries, { until });
        const accepted = new Set(
          written.moves.filter(({ kind }) => kind === 'accepted').map(({ at, to }) => `${at}/${to}`),
        );
        const { replay, verdicts } = throughTheMap(onceAccepted(entries, accepted), accepted, until);
        const demotions = written.moves.filter(({ kind }) => kind === 'demoted');
        expect(verdicts).toEqual(demotions.map(({ at, to }) => ({ at, kind: 'demote', to })));
        const [mine, theirs] = [encodeEngine(state.engine), encodeEngine(replay.state)];
        const rough = (engine: typeof mine) => ({
          ...engine,
          lastT: null,
          promotion: {
            ...engine.promotion,
            logStakes: null,
            lastMaturedAt: engine.promotion.lastMaturedAt?.toFixed(9),
          },
          pending: engine.pending.map((record) => ({ ...record, reviewedAt: record.reviewedAt.toFixed(9) })),
          freshness: {
            ...engine.freshness,
            maturedAt: engine.freshness.maturedAt.map((at) => at.toFixed(9)),
          },
          watch: engine.watch && { reference: engine.watch.reference },
        });
        expect(rough(mine)).toEqual(rough(theirs));
        for (const bar of [0.5, 0.7, 0.9] as const) {
          const [a, b] = [logEvidence(state.engine.promotion, bar), logEvidence(replay.state.promotion, bar)];
          if (a !== b) expect(Math.abs(a - b)).toBeLessThan(1e-12 * Math.max(1, Math.abs(b)));
        }
        charges += entries.filter(({ kind }) => kind === 'charge').length;
      }),
      { numRuns: 300 },
    );
    expect(charges).toBeGreaterThan(300);
  });

  it('a task that nobody had reviewed enters with its first charge, and the second one finds it matured', () => {
    const task = observed('x', STORY_START, null);
    const charges = charged(task, [
      { at: STORY_START + DAY_MS, severity: 'SEV4' },
      { at: STORY_START + 10 * DAY_MS, severity: 'SEV3' },
    ]);
    const one = folded([task, ...charges.slice(0, 1)], { until: STORY_START + 5 * DAY_MS });
    expect(one.state.engine).toMatchObject({ matured: 1, notClean: 1 });
    expect(one.state.sums.weight).toBeGreaterThan(0);
    const both = folded([task, ...charges], { until: STORY_START + 30 * DAY_MS });
    expect(both.state.engine).toMatchObject({ matured: 1, notClean: 1 });
    expect(logEvidence(both.state.engine.promotion, 0.5)).toBeLessThan(
      logEvidence(one.state.engine.promotion, 0.5),
    );
    expect(both.state.counts).toMatchObject({ decided: 1, reviewed: 0 });
  });

  it('of several charges on one task the gravest counts, in whatever order they come', () => {
    const severities = ['SEV4', 'SEV3', null, 'SEV2'] as const;
    const evidence = [severities, [...severities].reverse(), ['SEV2'] as const].map((order) => {
      const [task, ...others] = cleanTasks(12);
      const charges = task
        ? charged(
            task,
            order.map((one, index) => ({ at: STORY_START + (20 + index) * DAY_MS, severity: one })),
          )
        : [];
      const { state } = folded([...(task ? [task] : []), ...others, ...charges], {
        until: STORY_START + 60 * DAY_MS,
      });
      return logEvidence(state.engine.promotion, 0.5);
    });
    expect(evidence[0]).toBeCloseTo(evidence[2] ?? Number.NaN, 12);
    expect(evidence[1]).toBeCloseTo(evidence[2] ?? Number.NaN, 12);
  });
});

describe('epochs', () => {
  it('the task that brought an epoch to its end belongs to that one', () => {
    const walkAt = STORY_START + 30 * HOUR_MS + MATURITY;
    const at = STORY_START + 40 * DAY_MS;
    const fold = (...later: { at: number; severity: 'SEV1' }[]) => {
      const task = observed('x', STORY_START, null);
      const charges = charged(task, [{ at, severity: 'SEV2' }, ...later]);
      const entries = [
        ...cleanTasks(40),
        decided(walkAt, 'walk'),
        task,
        ...charges,
        ...cleanTasks(25, at + DAY_MS, 'again'),
      ];
      return folded(inLaneOrder(entries), { rules: DEFAULT_RULES, until: at + 90 * DAY_MS }).state.engine;
    };
    const [without, worse] = [fold(), fold({ at: at + 60 * DAY_MS, severity: 'SEV1' })];
    expect(without.promotion).toMatchObject({ epoch: 2, matured: 25 });
    expect(encodeEngine(worse).promotion).toEqual(encodeEngine(without).promotion);
  });
});

/** Of the decisions that together accepted a gear, only the last one moves it. */
function onceAccepted(entries: readonly LaneEntry[], accepted: ReadonlySet<string>): LaneEntry[] {
  const seen = new Set<string>();
  return [...entries]
    .reverse()
    .filter((entry) => {
      if (entry.kind !== 'decision' || entry.action !== 'accept') return entry.kind !== 'decision';
      const key = `${entry.at}/${entry.to}`;
      if (!accepted.has(key) || seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .reverse();
}

describe('the story of a lane', () => {
  it('twenty clean tasks recommend walk at the very moment the twentieth matures', () => {
    const tasks = cleanTasks(41);
    const twentieth = STORY_START + 19 * HOUR_MS + MATURITY;
    const before = folded(tasks, { rules: DEFAULT_RULES, until: twentieth - 1 });
    expect(before.state.recommendation).toBeNull();
    expect(nextMaturityAt(before.state, DEFAULT_RULES)).toBe(twentieth);
    const { state, written } = folded(tasks, { rules: DEFAULT_RULES, until: twentieth });
    expect(state.recommendation).toMatchObject({
      from: 'crawl',
      to: 'walk',
      openedAt: twentieth,
      evidence: { matured: 20, notClean: 0, bar: 0.8 },
    });
    expect([...written.recommendations.values()]).toMatchObject([{ end: null }]);
    expect(folded(tasks, { rules: DEFAULT_RULES, until: endOf(tasks) }).state.recommendation).toEqual(
      state.recommendation,
    );
  });

  it('forty-one clean tasks and ten matured in walk recommend run, which two different people accept', () => {
    const tasks = cleanTasks(41);
    const walkAt = STORY_START + 20 * HOUR_MS + MATURITY;
    const fortyFirst = STORY_START + 40 * HOUR_MS + MATURITY;
    const early = [decided(fortyFirst - HOUR_MS, 'run', 'olga')];
    const agreed = [
      decided(fortyFirst + 1, 'run', 'lena'),
      decided(fortyFirst + 2, 'run', 'lena'),
      decided(fortyFirst + 3, 'run', 'otto'),
    ];
    const fold = (...decisions: LaneEntry[]) =>
      folded(inLaneOrder([...tasks, decided(walkAt, 'walk'), ...decisions]), {
        rules: DEFAULT_RULES,
        until: fortyFirst + DAY_MS,
      });
    expect(fold().state).toMatchObject({
      engine: { gear: 'walk' },
      recommendation: { to: 'run', openedAt: fortyFirst, approvals: [] },
    });
    expect(fold(...early).written.moves.map(({ kind }) => kind)).toEqual(['accepted', 'voided']);
    const twice = fold(...agreed.slice(0, 2));
    expect(twice.state).toMatchObject({
      engine: { gear: 'walk' },
      recommendation: { approvals: [{ personId: 'lena' }] },
    });
    const both = fold(...agreed);
    expect(both.state.engine.gear).toBe('run');
    expect(both.written.moves.at(-1)).toMatchObject({
      kind: 'accepted',
      from: 'walk',
      to: 'run',
      people: ['Lena', 'Otto'],
      at: fortyFirst + 3,
    });
    expect([...both.written.recommendations.values()].map(({ end }) => end)).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('what had matured before a move counts in the evidence, but not among what must mature in the gear', () => {
    const walkAt = STORY_START + 60 * DAY_MS;
    const inWalkFrom = (late: LaneEntry[]) => {
      const entries = inLaneOrder([...cleanTasks(30), ...late, decided(walkAt, 'walk')]);
      const { engine } = folded(entries, { rules: DEFAULT_RULES, until: walkAt + 30 * DAY_MS }).state;
      return [engine.gear, engine.matured, engine.inGear];
    };
    const before = observed('late', walkAt - MATURITY - 1);
    const after = observed('late', walkAt - MATURITY + 1);
    expect(inWalkFrom([])).toEqual(['walk', 30, 0]);
    expect(inWalkFrom([before])).toEqual(['walk', 31, 0]);
    expect(inWalkFrom([after])).toEqual(['walk', 31, 1]);
  });

  it('an acceptance without a standing recommendation for that gear moves nothing, and the log says so', () => {
    const at = STORY_START + 40 * DAY_MS;
    for (const [tasks, to] of [
      [[], 'walk'],
      [cleanTasks(19), 'walk'],
      [cleanTasks(41), 'run'],
    ] as const) {
      const { state, written } = folded([...tasks, decided(at, to)], { rules: DEFAULT_RULES });
      expect(state.engine.gear).toBe('crawl');
      expect(written.moves).toMatchObject([
        { kind: 'voided', from: 'crawl', to: 'crawl', cause: to, people: ['Lena'] },
      ]);
    }
    expect(folded([decided(at, 'walk', 'lena', 'decline')]).written.moves).toEqual([]);
  });

  it('a refusal holds until ten more tasks have matured, and no longer', () => {
    const declinedAt = STORY_START + 21 * HOUR_MS + MATURITY;
    const later = cleanTasks(10, declinedAt + HOUR_MS, 'later');
    const tenth = declinedAt + 10 * HOUR_MS + MATURITY;
    const entries = [...cleanTasks(21), decided(declinedAt, 'walk', 'lena', 'decline'), ...later];
    const held = folded(entries, { rules: DEFAULT_RULES, until: tenth - 1 });
    expect(held.state.recommendation).toBeNull();
    expect([...held.written.recommendations.values()].map(({ end }) => end)).toEqual(['declined']);
    const back = folded(entries, { rules: DEFAULT_RULES, until: tenth });
    expect(back.state.recommendation).toMatchObject({ to: 'walk', openedAt: tenth });
  });

  it('no gear above the ceiling is ever recommended', () => {
    fc.assert(
      fc.property(laneHistories, fc.constantFrom('crawl' as const, 'walk' as const), (entries, ceiling) => {
        const rules = { ...QUICK_RULES, ceiling };
        const { state, written } = folded(entries, { rules, until: endOf(entries) });
        const gears = [...written.recommendations.values()].map(({ open }) => open.to);
        expect(gears.filter((gear) => gear === 'run' || ceiling === 'crawl')).toEqual([]);
        expect(state.engine.gear === 'run' || (ceiling === 'crawl' && state.engine.gear === 'walk')).toBe(
          false,
        );
      }),
    );
  });

  it('a gear rises only by enough different people, one step at a time, and falls by itself', () => {
    fc.assert(
      fc.property(laneHistories, (entries) => {
        const { written } = folded(entries, { until: endOf(entries) });
        const gears = ['crawl', 'walk', 'run'];
        let gear = 'crawl';
        for (const { kind, from, to, people } of written.moves) {
          expect(from).toBe(gear);
          const steps = gears.indexOf(to) - gears.indexOf(from);
          if (kind === 'accepted') expect([steps, new Set(people).size]).toEqual([1, to === 'run' ? 2 : 1]);
          else if (kind === 'demoted') expect(steps).toBeLessThan(0);
          else expect(steps).toBe(0);
          gear = to;
        }
      }),
    );
  });

  it('a SEV1 drops the lane to crawl at once, in a new epoch, and the log tells of the one that ended', () => {
    const tasks = cleanTasks(60);
    const [first] = tasks;
    const walkAt = STORY_START + 30 * HOUR_MS + MATURITY;
    const at = STORY_START + 40 * DAY_MS;
    const grave = first ? charged(first, [{ at, severity: 'SEV1' }]) : [];
    const { state, written } = folded(inLaneOrder([...tasks, decided(walkAt, 'walk'), ...grave]), {
      rules: DEFAULT_RULES,
      until: at + 30 * DAY_MS,
    });
    expect(state.engine).toMatchObject({
      gear: 'crawl',
      tight: false,
      watch: null,
      promotion: { epoch: 2, matured: 0 },
    });
    expect(written.moves.at(-1)).toMatchObject({
      kind: 'demoted',
      at,
      from: 'walk',
      to: 'crawl',
      cause: 'SEV1',
      taskRef: 't1',
      evidence: { epoch: 1, matured: 60, notClean: 0, bar: 0.8 },
    });
    expect(state.recommendation).toBeNull();
    expect(state.epochStarts).toEqual([{ at, rank: 1, key: 't1\u0001incident 0' }]);
    const again = folded(cleanTasks(29, at + DAY_MS, 'again'), {
      rules: DEFAULT_RULES,
      until: at + 60 * DAY_MS,
      state: decodeLane(encodeLane(state)),
    });
    expect(again.state.recommendation, 'epoch 2 needs thirty').toBeNull();
    const enough = folded(cleanTasks(30, at + DAY_MS, 'again'), {
      rules: DEFAULT_RULES,
      until: at + 60 * DAY_MS,
      state: decodeLane(encodeLane(state)),
    });
    expect(enough.state.recommendation).toMatchObject({ to: 'walk', evidence: { epoch: 2, matured: 30 } });
  });

  it('tasks reviewed before the epoch began never count in it, also when they mature in it', () => {
    const at = STORY_START + 20 * DAY_MS;
    const tasks = cleanTasks(25);
    const [first] = tasks;
    const young = cleanTasks(40, at - 2 * DAY_MS, 'young');
    const grave = first ? charged(first, [{ at, severity: 'SEV2' }]) : [];
    const accepted = decided(STORY_START + 17 * DAY_MS, 'walk');
    const { state } = folded(inLaneOrder([...tasks, accepted, ...young, ...grave]), {
      rules: DEFAULT_RULES,
      until: at + 20 * DAY_MS,
    });
    expect(state.engine).toMatchObject({ gear: 'crawl', matured: 65, promotion: { epoch: 2, matured: 0 } });
  });

  it('a week in which tasks only mature is a week of the lane, with what they proved', () => {
    const { state, written } = folded(cleanTasks(20), {
      rules: DEFAULT_RULES,
      until: STORY_START + 60 * DAY_MS,
    });
    const [first, ...others] = [
      ...written.weeks.values(),
      ...[currentWeek(state)].flatMap((week) => week ?? []),
    ];
    expect(first).toMatchObject({ decided: 20, proven: null });
    expect(others).toMatchObject([
      { week: (first?.week ?? 0) + 14 * DAY_MS, decided: 0, proven: 0.8, gear: 'crawl' },
    ]);
  });

  it('weeks tell what was decided in them, and their sums are those of the lane', () => {
    const random = seededRandom(3);
    const entries = Array.from({ length: 200 }, (_, index) =>
      observed(
        `t${index}`,
        STORY_START + index * 9 * HOUR_MS,
        random() < 0.2 ? null : random() < 0.8 ? 1 : 0.3,
      ),
    );
    const { state, written } = folded(entries, { rules: DEFAULT_RULES });
    const weeks = [...written.weeks.values(), ...(state.week ? [state.week] : [])];
    expect(weeks.every(({ week }) => new Date(week).getUTCDay() === 1 && week % DAY_MS === 0)).toBe(true);
    const sum = (key: 'decided' | 'reviewed' | 'merged') =>
      weeks.reduce((total, week) => total + week[key], 0);
    expect({ decided: sum('decided'), reviewed: sum('reviewed'), merged: sum('merged') }).toEqual({
      decided: 200,
      reviewed: state.counts.reviewed,
      merged: 200,
    });
    expect(state.counts.reviewed).toBe(
      entries.filter((entry) => entry.kind === 'observation' && entry.score !== null).length,
    );
    expect(state.recent).toHaveLength(Math.min(12, written.weeks.size));
  });
});
