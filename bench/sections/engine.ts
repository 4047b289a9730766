import type { Gear } from '@/lib/domain/gear';
import { foldLane } from '@/lib/domain/lane/fold-lane';
import type { LaneEntry } from '@/lib/domain/lane/lane-entry';
import { createLane } from '@/lib/domain/lane/lane-state';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { step } from '@/lib/domain/trust/engine';
import { DEFAULT_ENGINE_CONFIG } from '@/lib/domain/trust/engine-config';
import { createEngine } from '@/lib/domain/trust/engine-state';
import { createReplay, replayEvent } from '@/lib/domain/trust/replay';
import type { TrustEvent } from '@/lib/domain/trust/trust-event';
import { vouchForOrg } from '@/lib/platform/ctx';
import { newId } from '@/lib/platform/ids';
import { collectRows } from '@/lib/projection/lane-rows';
import { rulesFor } from '@/lib/projection/rules';
import { figure, type Section } from '../figures';
import { createDice, median, readable } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';

const TASKS = 100_000;
const TASKS_A_DAY = 100;
const DAY_MS = 86_400_000;

/** Processor time and not the clock's: one core is what is asked about, and neighbours may hold it for a while. */
function startCounting(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

/** A life of a lane: mostly clean reviews, a revert or an incident now and then, and people who accept what is recommended. */
function laneEvents(): TrustEvent[] {
  const dice = createDice(11);
  const events: TrustEvent[] = [];
  for (let i = 0; i < TASKS; i += 1) {
    const t = i / TASKS_A_DAY;
    const x = dice() < 0.95 ? 1 : 0.3;
    events.push({ type: 'review', t, task: `task-${i}`, x });
    const about = { t, task: `task-${i - Math.floor(dice() * 3_000)}`, unreviewed: true };
    if (i > 3_000 && dice() < 0.002) events.push({ type: 'revert', ...about });
    if (i > 3_000 && dice() < 0.0005) events.push({ type: 'incident', severity: 'SEV3', ...about });
  }
  return events;
}

function laneEntries(): LaneEntry[] {
  const dice = createDice(13);
  const start = Date.UTC(2024, 0, 1);
  return Array.from({ length: TASKS }, (_, i): LaneEntry => {
    const score = dice() < 0.95 ? 1 : 0.3;
    const at = start + Math.floor((i * DAY_MS) / TASKS_A_DAY);
    const ref = `task-${i}`;
    return { kind: 'observation', at, ref, score, merged: score === 1, reviewed: true, hasty: false };
  });
}

/** Step by step, as events come in; accepted promotions keep the detectors above crawl at work. @returns events a second */
function incremental(events: readonly TrustEvent[]): number {
  const state = createEngine();
  const accept = (gear: Gear, t: number) => step(state, { type: 'accept', t, gear }, DEFAULT_ENGINE_CONFIG);
  const secondsUsed = startCounting();
  for (const event of events) {
    if (event.type === 'revert' || event.type === 'incident') continue;
    const { verdict } = step(state, event, DEFAULT_ENGINE_CONFIG);
    if (verdict.kind === 'promote') accept(verdict.to, event.t);
  }
  return events.length / secondsUsed();
}

/** The engine with the records of its matured tasks. @returns seconds */
function replay(events: readonly TrustEvent[]): number {
  const lane = createReplay();
  const secondsUsed = startCounting();
  for (const event of events) {
    const { verdict } = replayEvent(lane, event, DEFAULT_ENGINE_CONFIG);
    if (verdict.kind === 'promote')
      replayEvent(lane, { type: 'accept', t: event.t, gear: verdict.to }, DEFAULT_ENGINE_CONFIG);
  }
  return secondsUsed();
}

/** The lane's whole fold as the projector does it: engine, weeks, verdicts in words, snapshots. @returns seconds */
function fold(entries: readonly LaneEntry[]): number {
  const rules = rulesFor(DEFAULT_POLICY, { risk: 'low', ceiling: 'run' });
  const { log } = collectRows({ orgId: vouchForOrg(newId()), team: 'team', category: 'tests' });
  const state = createLane();
  const secondsUsed = startCounting();
  foldLane(state, entries, entries.at(-1)?.at ?? 0, rules, log);
  return secondsUsed();
}

export async function benchEngine({ quick }: Options): Promise<Section> {
  const events = laneEvents();
  const entries = laneEntries();
  const rounds = Array.from({ length: quick ? 3 : 7 }, (_, round) => {
    const found = { perSecond: incremental(events), replay: replay(events), fold: fold(entries) };
    say(`engine ${round + 1}: ${readable(found.perSecond)} events/s, fold ${readable(found.fold)} s`);
    return found;
  });
  const perSecond = rounds.map((round) => round.perSecond);
  const replays = rounds.map((round) => round.replay);
  const folds = rounds.map((round) => round.fold);
  const slowest = (values: readonly number[]) =>
    `median of ${values.length}, worst ${readable(Math.max(...values))}`;
  return {
    title: 'Trust engine',
    how: `processor time, one lane of ${readable(TASKS)} tasks, ${TASKS_A_DAY} a day, promotions accepted; fold = with weeks, words and snapshots, as the projector does it`,
    figures: [
      figure(
        'Incremental events on a lane',
        median(perSecond),
        'events/s',
        { least: 150_000 },
        `median of ${perSecond.length}, worst ${readable(Math.min(...perSecond))}`,
      ),
      figure('Replay of the engine', median(replays), 's', { most: 2 }, slowest(replays)),
      figure('Replay of the lane’s fold', median(folds), 's', { most: 2 }, slowest(folds)),
    ],
  };
}
