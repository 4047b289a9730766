import { listAgents } from '@/lib/agents/data';
import { systemClock } from '@/lib/platform/clock';
import { route } from '@/lib/platform/http';
import { requireReader } from '@/lib/tokens/gate';

export const GET = route(async (request) => {
  const { items } = await listAgents(await requireReader(request, systemClock));
  return Response.json({ items, nextCursor: null });
});
