import { type StepResult, step } from './engine';
import type { EngineConfig } from './engine-config';
import { createEngine, type EngineState } from './engine-state';
import type { TaskRecord, TrustEvent } from './trust-event';

/** A lane replayed in memory: the engine, and the matured tasks' records that a database would otherwise keep. */
export type Replay = { readonly state: EngineState; readonly records: Map<string, TaskRecord> };

/** The beginning of a replay; a snapshot and the records as of it may be handed in. */
export function createReplay(
  state: EngineState = createEngine(),
  records: Map<string, TaskRecord> = new Map(),
): Replay {
  return { state, records };
}

/**
 * Takes the next event, finding the record of the task that bad news is about. Since a replay knows the lane's whole past, a
 * task it has never seen counts as unreviewed.
 */
export function replayEvent(replay: Replay, event: TrustEvent, config: EngineConfig): StepResult {
  const { state, records } = replay;
  const isBadNews = event.type === 'revert' || event.type === 'incident';
  const known = isBadNews ? { ...event, record: records.get(event.task), unreviewed: true } : event;
  const result = step(state, known, config);
  for (const record of result.changed) if (record.matured) records.set(record.task, record);
  return result;
}
