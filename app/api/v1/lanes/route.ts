import { listLanes } from '@/lib/lanes/data/list';
import { laneQuerySchema } from '@/lib/lanes/schema';
import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { requireReader } from '@/lib/tokens/gate';

const read = route(async (request) => {
  const orgId = await requireReader(request, systemClock);
  const { items } = await listLanes(orgId, readQuery(request, laneQuerySchema), systemClock.now());
  return jsonAnswer({ items, nextCursor: null });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
