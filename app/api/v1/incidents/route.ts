import { z } from 'zod';
import { listIncidents } from '@/lib/incidents/data/list';
import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { requireReader } from '@/lib/tokens/gate';

const querySchema = z.strictObject({ cursor: z.string().max(2000).optional() });

const read = route(async (request) => {
  const orgId = await requireReader(request, systemClock);
  const { cursor } = readQuery(request, querySchema);
  return jsonAnswer(await listIncidents(orgId, cursor));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
