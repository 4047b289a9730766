import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';

/** Lets one change of people and roles at a time into an organisation, so that no two take away the last two owners. */
export async function lockPeople(tx: Tx, orgId: OrgId): Promise<void> {
  await tx.$queryRaw`SELECT FROM organisation WHERE org_id = ${orgId}::uuid FOR NO KEY UPDATE`;
}

/** How many people own the organisation and may sign in. */
export async function countOwners(tx: Tx, orgId: OrgId): Promise<number> {
  const where = { orgId, removedAt: null, grants: { some: { team: '', role: 'owner' } } };
  return tx.person.count({ where });
}

/** Called after a change, in its transaction: an organisation always has an owner. */
export async function requireAnOwner(tx: Tx, orgId: OrgId): Promise<void> {
  if ((await countOwners(tx, orgId)) === 0)
    throw new AppError('conflict', 'This is the last owner. Make somebody else an owner first.');
}
