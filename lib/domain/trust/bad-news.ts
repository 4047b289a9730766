import { chargeLate } from './detector';
import type { EngineState } from './engine-state';
import { findPending } from './pending';
import { reverse } from './promotion';
import { REVERT_CHARGE, SEVERITY_CHARGES } from './severity';
import { trustInputError } from './trust-error';
import type { BadNewsEvent, TaskRecord } from './trust-event';

/** Refuses bad news about a task that neither the engine nor the event has a record of. */
export function refuseUnknownTask(state: EngineState, event: BadNewsEvent): void {
  if (event.record || event.unreviewed || findPending(state.pending, event.task) >= 0) return;
  throw trustInputError(
    'unknown_task',
    `${event.task} is not pending: hand in its record, or say it is unreviewed`,
  );
}

/** The task that bad news is about: pending, matured just now, handed in with the news, or opened for it. */
function taskOf(
  state: EngineState,
  event: BadNewsEvent,
  changed: readonly TaskRecord[],
): { record: TaskRecord; slot: number } {
  const slot = findPending(state.pending, event.task);
  const pending = state.pending.records[slot];
  if (pending) return { record: pending, slot };
  const matured = changed.find(({ task }) => task === event.task) ?? event.record;
  if (matured) return { record: matured, slot };
  const { t, task } = event;
  const record = {
    task,
    reviewedAt: t,
    x: 0,
    extra: 0,
    loss: 0,
    epoch: state.promotion.epoch,
    matured: false,
  };
  return { record, slot: state.pending.records.push(record) - 1 };
}

/**
 * A revert or an incident: the task's score becomes 0. A pending task carries that to its maturity, a matured one of this
 * epoch is taken back at once; the detectors are charged at once in either case.
 */
export function amend(state: EngineState, event: BadNewsEvent, changed: readonly TaskRecord[]): TaskRecord {
  const charge = event.type === 'revert' ? REVERT_CHARGE : SEVERITY_CHARGES[event.severity];
  const { record, slot } = taskOf(state, event, changed);
  const extra = Math.max(record.extra, charge.extra);
  const loss = Math.max(record.loss, charge.loss);
  const amended = { ...record, x: 0, extra, loss };

  if (!record.matured) state.pending.records[slot] = amended;
  if (record.epoch === state.promotion.epoch) {
    if (record.matured) {
      reverse(state.promotion, record.x, 0, extra - record.extra);
      if (record.x === 1) state.notClean += 1;
    } else if (record.extra === 0 && extra > 0) state.openIncidents += 1;
  }
  if (state.watch && loss > record.loss) {
    const late = (loss - record.loss) * (event.samplingRate ?? 1);
    chargeLate(state.watch.bar, late);
    chargeLate(state.watch.drift, late);
    state.cleanRun = 0;
  }
  return amended;
}
