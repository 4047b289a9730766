import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { listTasks } from '@/lib/tasks/data/list';
import { taskQuerySchema } from '@/lib/tasks/schema';
import { requireReader, teamFor } from '@/lib/tokens/gate';

const read = route(async (request) => {
  const reader = await requireReader(request, systemClock);
  const { cursor, ...filters } = readQuery(request, taskQuerySchema);
  const team = teamFor(reader, filters.team);
  return jsonAnswer(await listTasks(reader.orgId, { ...filters, team }, cursor));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
