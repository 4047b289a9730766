import { listAgents } from '@/lib/agents/data';
import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { requireReader, wholeOrganisation } from '@/lib/tokens/gate';

const read = route(async (request) => {
  const orgId = wholeOrganisation(await requireReader(request, systemClock));
  const { items } = await listAgents(orgId);
  return jsonAnswer({ items, nextCursor: null });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
