import type { Actor, OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';

/** The name of the connection through which the actor signed in, while it is on; null for whoever came by a link. */
export async function providerOfSession(orgId: OrgId, actor: Actor): Promise<string | null> {
  if (actor.kind !== 'user') return null;
  const { sessionId } = actor;
  return inOrg(orgId, async (tx) => {
    const session = await tx.session.findUnique({ where: { orgId_id: { orgId, id: sessionId } } });
    const id = session?.connection ?? null;
    const connection =
      id === null ? null : await tx.connection.findUnique({ where: { orgId_id: { orgId, id } } });
    return connection?.status === 'on' ? connection.name : null;
  });
}
