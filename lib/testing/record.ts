import type { GaitEvent } from '@/lib/domain/event';
import { incidentRefOf, taskRefOf } from '@/lib/domain/record';
import { recordEvents } from '@/lib/events/mutations';
import type { ParsedEvent } from '@/lib/events/schema';
import type { RecordResult } from '@/lib/events/types';
import type { Ctx } from '@/lib/platform/ctx';

/** What tells events: a story, or the events themselves. */
export type Told = { readonly events: readonly GaitEvent[] } | readonly GaitEvent[];

export function eventsIn(told: readonly Told[]): GaitEvent[] {
  return told.flatMap((one) => ('events' in one ? [...one.events] : [...one]));
}

/** An event as it leaves the door's checks; events that only Gait writes have no other way in. */
export function asParsed(event: GaitEvent): ParsedEvent {
  const lane =
    event.type === 'dev.gait.recommendation.decided.v1'
      ? `${event.data.lane.team}/${event.data.lane.category}`
      : null;
  return {
    ok: true,
    event: { ...event, taskRef: taskRefOf(event), incidentRef: incidentRefOf(event), lane },
  };
}

/** An event as it travels: a CloudEvent. */
export function asCloudEvent({ type, source, id, at, data }: GaitEvent): Record<string, unknown> {
  return { specversion: '1.0', id, source, type, time: new Date(at).toISOString(), data };
}

/** Records stories as they are told, in one request, with the clock of the context. */
export function theRecord(ctx: Ctx, ...told: Told[]): Promise<RecordResult> {
  return recordEvents(ctx, eventsIn(told).map(asParsed));
}
