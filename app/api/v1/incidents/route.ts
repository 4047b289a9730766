import { z } from 'zod';
import { listIncidents } from '@/lib/incidents/data/list';
import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { requireReader, teamFor } from '@/lib/tokens/gate';

const querySchema = z.strictObject({ cursor: z.string().max(2000).optional() });

const read = route(async (request) => {
  const reader = await requireReader(request, systemClock);
  const { cursor } = readQuery(request, querySchema);
  return jsonAnswer(await listIncidents(reader.orgId, cursor, teamFor(reader, undefined)));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
