import { listOpenRecommendations } from '@/lib/decisions/data/recommendation';
import { systemClock } from '@/lib/platform/clock';
import { route } from '@/lib/platform/http';
import { requireReader } from '@/lib/tokens/gate';

export const GET = route(async (request) => {
  const orgId = await requireReader(request, systemClock);
  return Response.json({ items: await listOpenRecommendations(orgId), nextCursor: null });
});
