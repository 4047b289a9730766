import { receiveEvents } from '@/lib/events/receive';
import { systemClock } from '@/lib/platform/clock';
import { incomingOf, route } from '@/lib/platform/http';

/** The server answers this address itself, before Next (lib/platform/launch); this door serves where Next runs alone. */
export const POST = route((request, { requestId }) =>
  receiveEvents(incomingOf(request), requestId, systemClock),
);
