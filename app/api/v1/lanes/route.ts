import { listLanes } from '@/lib/lanes/data/list';
import { laneQuerySchema } from '@/lib/lanes/schema';
import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { requireReader, teamFor } from '@/lib/tokens/gate';

const read = route(async (request) => {
  const reader = await requireReader(request, systemClock);
  const filters = readQuery(request, laneQuerySchema);
  const team = teamFor(reader, filters.team);
  const { items } = await listLanes(reader.orgId, { ...filters, team }, systemClock.now());
  return jsonAnswer({ items, nextCursor: null });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
