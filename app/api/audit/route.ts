import { answerAudit } from '@/lib/audit/data/answer';
import { requireAuditReader } from '@/lib/audit/gate';
import { auditQuerySchema } from '@/lib/audit/schema';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';

/** The files that the audit page offers, to whoever is signed in there. */
const download = route(async (request) => {
  const orgId = await requireAuditReader();
  return answerAudit(orgId, readQuery(request, auditQuerySchema));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: download });
