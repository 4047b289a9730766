import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { plural } from '@/components/ui/numbers';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import { UserText } from '@/components/ui/user-text';
import type { EventRow, ReceivedFrom } from '@/lib/tasks/types';

const received = {
  hand: 'entered by hand by',
  token: 'received from token',
  job: 'received from',
} as const satisfies Record<ReceivedFrom['kind'], string>;

/** How the event came, and since when it is known where that was late. */
function Receipt({ receivedFrom, knownSince }: EventRow) {
  if (!receivedFrom && !knownSince) return null;
  return (
    <p className="text-xs text-muted wrap-anywhere">
      {receivedFrom ? (
        <>
          {received[receivedFrom.kind]} <bdi>{receivedFrom.name}</bdi>
        </>
      ) : null}
      {receivedFrom && knownSince ? ' · ' : null}
      {knownSince ? (
        <>
          known to Gait since <Time at={knownSince} style="date" />
        </>
      ) : null}
    </p>
  );
}

/** The record behind the task: every event as it came, raw data folded away. */
export function EventTimeline({ events }: { events: readonly EventRow[] }) {
  return (
    <section>
      <SectionHeading id="events" aside={plural(events.length, 'event')}>
        The record
      </SectionHeading>
      <Card aria-labelledby="events">
        <ol className="divide-y divide-line">
          {events.map((event, index) => (
            <li key={`${event.source} ${event.id}`} className="px-4 py-3 text-sm">
              <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                <UserText className="min-w-0 flex-1 basis-60">{event.summary}</UserText>
                <span className="text-muted">
                  <Time at={event.time} />
                </span>
              </p>
              <Receipt {...event} />
              <Details summary={<code className="font-mono text-xs">{event.type}</code>} className="mt-1">
                <p className="mt-2 text-xs text-muted wrap-anywhere">
                  {event.source} · {event.id} · received <Time at={event.receivedAt} style="exact" /> UTC
                </p>
                <ScrollRegion
                  label={`Raw data of event ${index + 1}`}
                  className="mt-2 max-h-80 overflow-auto rounded-md border border-line bg-paper p-3"
                >
                  <pre className="font-mono text-xs">{JSON.stringify(event.data, null, 2)}</pre>
                </ScrollRegion>
              </Details>
            </li>
          ))}
        </ol>
      </Card>
    </section>
  );
}
