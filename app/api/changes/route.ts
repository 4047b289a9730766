import { versionOfLanes } from '@/lib/lanes/data/version';
import { laneScopeSchema } from '@/lib/lanes/schema';
import { problemAnswer } from '@/lib/platform/answer';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { findWatcher } from '@/lib/sessions/gate';

/** Open pages ask here whether what they show has changed. */
const read = route(async (request, { requestId }) => {
  const orgId = await findWatcher();
  // Answered and not thrown, so that a tab that outlives its session does not fill the log with refusals.
  if (orgId === null)
    return problemAnswer({ code: 'unauthenticated', status: 401, detail: 'Sign in first.', requestId });
  return Response.json({ version: await versionOfLanes(orgId, readQuery(request, laneScopeSchema)) });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
