import { foldLane } from '@/lib/domain/lane/fold-lane';
import type { LaneLog } from '@/lib/domain/lane/lane-log';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import { decodeLane, encodeLane, type LaneState } from '@/lib/domain/lane/lane-state';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { type Reading, readEntries } from './lane-entries';
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
  const all = bases.map((base): Way => ({ base, rules: rulesOf(base.key.category), seen: [] }));
  const isOpen = ({ seen }: Way) => seen.length < instants.length;
  for (let open = all; open.length > 0; open = open.filter(isOpen)) {
    const readers = open.map(({ base }) => ({ key: base.key, after: base.state.at ?? 0 }));
    const readings = await readEntries(tx, orgId, readers, PAGE);
    open.forEach((way, index) => {
      const reading = readings[index];
      if (reading) goOn(way, reading, instants);
    });
  }
  return all.map(({ seen }) => seen);
}

/** A lane on its way through the instants: its state so far, and the states it was seen in. */
type Way = { base: Base; rules: LaneRules; seen: LaneState[] };

/** Takes a lane as far as its entries were read. */
function goOn({ base, rules, seen }: Way, { entries, isAll }: Reading, instants: readonly number[]): void {
  const { state } = base;
  let next = 0;
  for (const instant of instants.slice(seen.length)) {
    const until = entries.findIndex(({ at }, index) => index >= next && at >= instant);
    const end = until === -1 ? entries.length : until;
    foldLane(state, entries.slice(next, end), Number.NEGATIVE_INFINITY, rules, NO_LOG);
    next = end;
    if (until === -1 && !isAll) return;
    foldLane(state, [], instant - 1, rules, NO_LOG);
    seen.push(decodeLane(encodeLane(state)));
  }
}
