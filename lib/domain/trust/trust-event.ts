import type { Severity } from '../event';
import { GEARS, type Gear } from '../gear';
import { isSeverity } from './severity';
import { checkScore, type TrustInputCode, trustInputError } from './trust-error';

/** The standing of one reviewed task in its lane. Never changed, only replaced. */
export type TaskRecord = {
  readonly task: string;
  /** Day of the review. */
  readonly reviewedAt: number;
  /** Score in [0,1], as far as is known. */
  readonly x: number;
  /** Extra zero observations, the largest of its incidents. */
  readonly extra: number;
  /** Loss charged so far to the demotion detectors, >= 0. */
  readonly loss: number;
  /** Epoch of its review: it counts in that one or in none. */
  readonly epoch: number;
  /** Whether it has matured. Until then the engine keeps the record itself. */
  readonly matured: boolean;
};

type BadNews = {
  readonly t: number;
  readonly task: string;
  /** The task's record, when it has matured: the engine no longer holds it. */
  readonly record?: TaskRecord | undefined;
  /** True when the task never was a review of this lane: a synthetic task of score 0 is then opened for it. */
  readonly unreviewed?: boolean | undefined;
  /** Share r of tasks that are reviewed, drawn at random, in (0,1]; 1 when absent. The late loss is multiplied by it. */
  readonly samplingRate?: number | undefined;
};

/**
 * What may happen to a lane. `t` is the time in days (fractions allowed), never before the last event's.
 * - `review`: a task was decided with score x; its loss is 1 - x unless given. One review per task; the caller sees to that.
 * - `revert`, `incident`: bad news about a task, pending or matured.
 * - `accept`: a person set the gear.
 * - `tick`: time passed. Ticks may come as often as one likes; they never change what happens later.
 * - `reset`: a new epoch by hand, as when the agent was replaced. Gear, detectors and pending tasks' records stay.
 */
export type TrustEvent =
  | {
      readonly type: 'review';
      readonly t: number;
      readonly task: string;
      readonly x: number;
      readonly loss?: number | undefined;
    }
  | ({ readonly type: 'revert' } & BadNews)
  | ({ readonly type: 'incident'; readonly severity: Severity } & BadNews)
  | { readonly type: 'accept'; readonly t: number; readonly gear: Gear }
  | { readonly type: 'tick'; readonly t: number }
  | { readonly type: 'reset'; readonly t: number };

/** Bad news about a task. */
export type BadNewsEvent = TrustEvent & { readonly type: 'revert' | 'incident' };

function refuse(code: TrustInputCode, message: string): never {
  throw trustInputError(code, message);
}

function checkBadNews(event: BadNews): void {
  const { samplingRate = 1, record } = event;
  if (!(samplingRate > 0 && samplingRate <= 1)) {
    refuse('bad_sampling_rate', `samplingRate must lie in (0,1], not ${samplingRate}`);
  }
  if (record && !(record.matured && record.task === event.task)) {
    refuse(
      'unknown_task',
      `the record handed in for ${event.task} is not that of a matured task of this name`,
    );
  }
}

/** Refuses an event that cannot be: throws a TrustInputError that names the value. `lastT` is the last event's time. */
export function checkEvent(event: TrustEvent, lastT: number | null): void {
  if (!Number.isFinite(event.t)) refuse('bad_time', `t must be a finite number of days, not ${event.t}`);
  if (lastT !== null && event.t < lastT) {
    refuse('time_went_back', `t ${event.t} lies before the last event at ${lastT}: replay from a snapshot`);
  }
  switch (event.type) {
    case 'review':
      checkScore(event.x);
      if (event.loss !== undefined && !(event.loss >= 0 && Number.isFinite(event.loss))) {
        refuse('bad_loss', `a loss must be finite and not negative, not ${event.loss}`);
      }
      return;
    case 'incident':
      if (!isSeverity(event.severity)) refuse('unknown_severity', `unknown severity ${event.severity}`);
      checkBadNews(event);
      return;
    case 'revert':
      checkBadNews(event);
      return;
    case 'accept':
      if (!GEARS.includes(event.gear)) refuse('unknown_gear', `unknown gear ${event.gear}`);
      return;
    case 'tick':
    case 'reset':
      return;
    default:
      event satisfies never;
      refuse('unknown_event', `unknown event type ${String(Object(event).type)}`);
  }
}
