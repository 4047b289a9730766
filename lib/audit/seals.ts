import { vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, inWorkList } from '@/lib/platform/db';
import { doesKeyOpen } from './signing';

/** Whether the keys that sign the audit logs open under the AUTH_SECRET of this process: `closed` where none of them does. */
export async function lookAtSeals(): Promise<'none' | 'open' | 'closed'> {
  // Every organisation has an audit log, and its name on that work list.
  const organisations = await inWorkList((tx) => tx.auditDue.findMany({ select: { orgId: true } }));
  let stand: 'none' | 'closed' = 'none';
  for (const { orgId: id } of organisations) {
    const orgId = vouchForOrg(id);
    const opens = await inOrg(orgId, (tx) => doesKeyOpen(tx, orgId));
    if (opens === true) return 'open';
    if (opens === false) stand = 'closed';
  }
  return stand;
}
