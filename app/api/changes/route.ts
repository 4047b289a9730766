import { versionOfLanes } from '@/lib/lanes/data/version';
import { laneScopeSchema } from '@/lib/lanes/schema';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { requireWatcher } from '@/lib/sessions/gate';

/** Open pages ask here whether what they show has changed. */
const read = route(async (request) => {
  const orgId = await requireWatcher();
  return Response.json({ version: await versionOfLanes(orgId, readQuery(request, laneScopeSchema)) });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
