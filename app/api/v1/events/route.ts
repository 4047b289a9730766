import { receiveEvents } from '@/lib/events/receive';
import { systemClock } from '@/lib/platform/clock';
import { incomingOf, methods, route } from '@/lib/platform/http';

/** The server answers this address itself, before Next (lib/platform/launch); this door serves where Next runs alone. */
const receive = route((request, { requestId }) => receiveEvents(incomingOf(request), requestId, systemClock));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: receive });
