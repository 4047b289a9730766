import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** Makes the row of settings if there is none, and locks it: one process at a time signs. No deed ever waits for it. */
export async function lockKeeping(tx: Tx, orgId: OrgId): Promise<void> {
  await tx.$executeRaw`INSERT INTO audit_keeping (org_id) VALUES (${orgId}::uuid) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT org_id FROM audit_keeping WHERE org_id = ${orgId}::uuid FOR UPDATE`;
}
