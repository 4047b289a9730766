import { AppError } from '@/lib/platform/errors';
import { directoryMethods, directoryRoute, notSupported } from '@/lib/scim/gate';

const UNSUPPORTED = /\/v2\/(?:Bulk|Me|(?:Users\/|Groups\/)?\.search)$/i;

/** What no other route of the directory answers. */
const answer = directoryRoute(async ({ request }) => {
  const { pathname } = new URL(request.url);
  if (UNSUPPORTED.test(pathname)) return notSupported();
  throw new AppError('not_found', 'There is nothing at this address.');
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({
  GET: answer,
  POST: answer,
  PUT: answer,
  PATCH: answer,
  DELETE: answer,
});
