import 'server-only';
import { isAllowed } from '@/lib/members/allow';
import { inOrg } from '@/lib/platform/db';
import { orFirstPage } from '@/lib/platform/or-first-page';
import { requireSession } from '@/lib/sessions/gate';
import { listActs, listAudit } from './data/list';
import { getStanding } from './data/standing';
import type { AuditFilters, AuditPage } from './types';

/** The audit page; null for those who may not read it. */
export async function loadAudit(
  org: string,
  filters: AuditFilters,
  cursor: string | undefined,
): Promise<AuditPage | null> {
  const { ctx } = await requireSession(org);
  if (!isAllowed(ctx.actor, 'readAudit')) return null;
  const { orgId } = ctx;
  return orFirstPage(
    (from) =>
      inOrg(orgId, async (tx) => ({
        ...(await listAudit(tx, orgId, filters, from)),
        acts: await listActs(tx, orgId),
        standing: await getStanding(tx, orgId),
        mayKeep: isAllowed(ctx.actor, 'keepAudit'),
        mayAcknowledge: isAllowed(ctx.actor, 'acknowledgeAuditAlarm'),
      })),
    cursor,
    undefined,
  );
}
