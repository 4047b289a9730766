import type { Approver } from '@/lib/domain/identity/one-person';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** People by what tells whether two of them are one. Who was removed counts, too: they have agreed all the same. */
export async function approversOf(
  tx: Tx,
  orgId: OrgId,
  personIds: readonly string[],
): Promise<Map<string, Approver>> {
  const rows = await tx.person.findMany({
    where: { orgId, id: { in: [...personIds] } },
    select: {
      id: true,
      email: true,
      handles: true,
      identities: { where: { connection: 'email' }, select: { subject: true } },
    },
  });
  return new Map(
    rows.map(({ id, email, handles, identities }) => [
      id,
      {
        personId: id,
        addresses: [...(email === null ? [] : [email]), ...identities.map(({ subject }) => subject)],
        handles,
      },
    ]),
  );
}
