import type { Actor } from '../actor';
import type { EventType, GaitEvent } from '../event';

/** Monday, 5 January 2026, 09:00 UTC: when stories begin unless they say otherwise. */
export const STORY_START = Date.UTC(2026, 0, 5, 9);

const STEP_MS = 10 * 60_000;

export type Span = { seconds?: number; minutes?: number; hours?: number; days?: number };

/** The length of a span in ms. */
export function lengthOf({ seconds = 0, minutes = 0, hours = 0, days = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** A person by login, or an actor as it stands. */
export type Who = string | Actor;

/** A login alone means a declared human. */
export function actorOf(who: Who): Actor {
  return typeof who === 'string' ? { login: who, kind: 'human' } : who;
}

/** What has been told so far, and the time of the next event. Never changed, only replaced. */
export type Log = { readonly name: string; readonly at: number; readonly events: readonly GaitEvent[] };

type DataOf<T extends EventType> = Extract<GaitEvent, { type: T }>['data'];

/** The log with one event more; the next one follows ten minutes later. Source `test`, ids counted per story. */
export function logged<T extends EventType>(log: Log, type: T, data: DataOf<T>): Log {
  const id = `${log.name}/${log.events.length + 1}`;
  const event = { type, source: 'test', id, at: log.at, data } as Extract<GaitEvent, { type: T }>;
  return { ...log, at: log.at + STEP_MS, events: [...log.events, event] };
}

/** The log, with the next event so long after the last one (or after the start). */
export function delayed(log: Log, span: Span): Log {
  const last = log.events.at(-1)?.at ?? STORY_START;
  return { ...log, at: last + lengthOf(span) };
}
