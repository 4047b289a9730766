import { foldLane } from '@/lib/domain/lane/fold-lane';
import type { LaneLog } from '@/lib/domain/lane/lane-log';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import { decodeLane, encodeLane, type LaneState } from '@/lib/domain/lane/lane-state';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { readEntries } from './lane-entries';
import { type Base, findBases } from './lane-store';

/** Lanes looked at together, and observations read of each at once: about a snapshot's worth. */
const LANES = 50;
const PAGE = 300;

const NO_LOG: LaneLog = { move() {}, open() {}, close() {}, week() {}, snapshot() {} };

export type LaneName = { team: string; category: string };

/**
 * Lanes as they stood just before each of some instants (ms since 1970, rising), by what is known now: what happened before, and nothing
 * that came after. Costs a snapshot's replay a lane, and what came between the instants, whatever the history.
 * @returns the states of each lane in the order of the instants; lanes in the order given
 */
export async function lanesAt(
  tx: Tx,
  orgId: OrgId,
  lanes: readonly LaneName[],
  rulesOf: (category: string) => LaneRules,
  instants: readonly number[],
): Promise<LaneState[][]> {
  const states: LaneState[][] = [];
  for (let start = 0; start < lanes.length; start += LANES) {
    const some = lanes.slice(start, start + LANES);
    const dirtyFrom = new Date(instants[0] ?? 0);
    const due = some.map(({ team, category }) => ({ key: { orgId, team, category }, dirtyFrom }));
    const bases = await findBases(tx, orgId, due);
    states.push(...(await replay(tx, orgId, bases, rulesOf, instants)));
  }
  return states;
}

async function replay(
  tx: Tx,
  orgId: OrgId,
  bases: readonly Base[],
  rulesOf: (category: string) => LaneRules,
  instants: readonly number[],
): Promise<LaneState[][]> {
  const lanes = bases.map((base) => new LaneAhead(base, rulesOf(base.key.category), instants));
  for (let open = lanes; open.length > 0; open = open.filter(({ isDone }) => !isDone)) {
    const readers = open.map(({ reader }) => reader);
    const readings = await readEntries(tx, orgId, readers, PAGE);
    open.forEach((lane, index) => {
      const reading = readings[index];
      if (reading) lane.take(reading);
    });
  }
  return lanes.map(({ seen }) => seen);
}

type Reading = Awaited<ReturnType<typeof readEntries>>[number];

/** One lane on its way through the instants. */
class LaneAhead {
  readonly seen: LaneState[] = [];
  readonly #base: Base;
  readonly #rules: LaneRules;
  readonly #instants: readonly number[];

  constructor(base: Base, rules: LaneRules, instants: readonly number[]) {
    this.#base = base;
    this.#rules = rules;
    this.#instants = instants;
  }

  get isDone(): boolean {
    return this.seen.length === this.#instants.length;
  }

  get reader() {
    return { key: this.#base.key, after: this.#base.state.at ?? 0 };
  }

  take({ entries, isAll }: Reading): void {
    const { state } = this.#base;
    let next = 0;
    while (!this.isDone) {
      const instant = this.#instants[this.seen.length] ?? 0;
      const until = entries.findIndex(({ at }, index) => index >= next && at >= instant);
      const end = until === -1 ? entries.length : until;
      foldLane(state, entries.slice(next, end), Number.NEGATIVE_INFINITY, this.#rules, NO_LOG);
      next = end;
      if (until === -1 && !isAll) return;
      foldLane(state, [], instant - 1, this.#rules, NO_LOG);
      this.seen.push(decodeLane(encodeLane(state)));
    }
  }
}
