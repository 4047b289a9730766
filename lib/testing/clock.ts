import { lengthOf, type Span, STORY_START } from '@/lib/domain/testing/event-log';
import type { Clock } from '@/lib/platform/clock';

/** A clock that stands still until it is moved. */
export type HandClock = Clock & { moveTo(ms: number): void; moveOn(span: Span): void };

/** Stands a year after stories begin, unless told otherwise: everything in them has matured by then. */
export function aClock(startMs = STORY_START + lengthOf({ days: 365 })): HandClock {
  let at = startMs;
  return {
    now: () => new Date(at),
    moveTo: (ms) => {
      at = ms;
    },
    moveOn: (span) => {
      at += lengthOf(span);
    },
  };
}
