import { listOpenRecommendations } from '@/lib/decisions/data/recommendation';
import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { requireReader, teamFor } from '@/lib/tokens/gate';

const read = route(async (request) => {
  const reader = await requireReader(request, systemClock);
  return jsonAnswer({
    items: await listOpenRecommendations(reader.orgId, teamFor(reader, undefined), systemClock.now()),
    nextCursor: null,
  });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
