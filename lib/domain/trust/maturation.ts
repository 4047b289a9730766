import type { EngineConfig } from './engine-config';
import type { EngineState } from './engine-state';
import { noteMatured } from './freshness';
import { dropFirst, firstPending } from './pending';
import { beginEpoch, countMatured, provenAbove } from './promotion';
import type { TaskRecord } from './trust-event';

const NONE: readonly TaskRecord[] = [];

/** Begins a new epoch of evidence. Pending tasks mature all the same, but count in no epoch any more. */
export function startEpoch(state: EngineState): void {
  beginEpoch(state.promotion);
  state.notClean = 0;
  state.openIncidents = 0;
}

/** Counts one task whose time has come. Tasks reviewed before the epoch began mature, but are no evidence in it. */
function mature(state: EngineState, record: TaskRecord, at: number, config: EngineConfig): void {
  const { promotion, watch } = state;
  state.matured += 1;
  noteMatured(state.freshness, at, record.x === 1, watch !== null);
  if (record.epoch !== promotion.epoch) return;

  countMatured(promotion, record.x, record.extra, at);
  state.inGear += 1;
  if (record.x < 1) state.notClean += 1;
  if (record.extra > 0) state.openIncidents -= 1;
  if (!watch) return;
  const proven = provenAbove(promotion, watch.reference, config.alpha);
  if (proven === null) return;
  watch.reference = proven;
  watch.drift.tolerated = 1 - proven;
}

/** First of all, whatever the event: tasks old enough by its time mature, in review order, each at its own hour. */
export function matureDue(state: EngineState, t: number, config: EngineConfig): readonly TaskRecord[] {
  let changed: TaskRecord[] | null = null;
  for (let next = firstPending(state.pending); next; next = firstPending(state.pending)) {
    const at = next.reviewedAt + config.maturityDays;
    if (at > t) break;
    dropFirst(state.pending);
    mature(state, next, at, config);
    changed ??= [];
    changed.push({ ...next, matured: true });
  }
  return changed ?? NONE;
}
