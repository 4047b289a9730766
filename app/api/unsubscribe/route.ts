import { unsubscribe } from '@/lib/outbox/mutations/unsubscribe';
import { unsubscribeSchema } from '@/lib/outbox/schema';
import { systemClock } from '@/lib/platform/clock';
import { publicUrl } from '@/lib/platform/env';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';

const page = (query: string) =>
  new Response(null, { status: 303, headers: { location: `${publicUrl()}/unsubscribe?${query}` } });

/**
 * Mail clients post here on one click, and want no redirect (RFC 8058, 3.1); the page that asks does, too, and goes on to the next. The
 * sealed link is all the authority there is.
 */
const end = route(async (request, { requestId }) => {
  const { of, from } = readQuery(request, unsubscribeSchema);
  await unsubscribe(of, systemClock, requestId);
  return from === 'page' ? page('done=1') : new Response('You get these mails no more.\n');
});

/** Whoever opens the address that is meant for mail clients is asked first: mail scanners open links, too. */
const ask = route(async (request) =>
  page(`of=${encodeURIComponent(readQuery(request, unsubscribeSchema).of)}`),
);

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: ask, POST: end });
