import { answerAudit } from '@/lib/audit/data/answer';
import { requireAuditToken } from '@/lib/audit/gate';
import { auditQuerySchema } from '@/lib/audit/schema';
import { systemClock } from '@/lib/platform/clock';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';

const read = route(async (request) => {
  const orgId = await requireAuditToken(request, systemClock);
  return answerAudit(orgId, readQuery(request, auditQuerySchema));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
