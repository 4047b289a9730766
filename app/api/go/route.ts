import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { followReadingLink } from '@/lib/sessions/receive';
import { readingLinkSchema } from '@/lib/sessions/schema';

/** Where the links of mails lead: to a page of Gait, through sign-in where one is needed. */
const go = route(async (request) => {
  const { to } = readQuery(request, readingLinkSchema);
  return new Response(null, { status: 303, headers: { location: await followReadingLink(to) } });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: go });
