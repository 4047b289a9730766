import { unsubscribe } from '@/lib/outbox/mutations/unsubscribe';
import { unsubscribeSchema } from '@/lib/outbox/schema';
import { systemClock } from '@/lib/platform/clock';
import { publicUrl } from '@/lib/platform/env';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';

/** Mail clients post here on one click (RFC 8058), and the page of the link does, too: the sealed link is all the authority there is. */
const end = route(async (request, { requestId }) => {
  const { of } = readQuery(request, unsubscribeSchema);
  await unsubscribe(of, systemClock, requestId);
  return new Response(null, { status: 303, headers: { location: `${publicUrl()}/unsubscribe?done=1` } });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: end });
