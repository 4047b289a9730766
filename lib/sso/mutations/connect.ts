import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { requireFresh } from '@/lib/sessions/fresh';
import { findConnection } from '../data/connections';
import { type Begun, beginSignIn } from './sign-in';

/**
 * Begins to connect a provider with whoever is signed in, so that they are the same person when they come through it. For oneself
 * alone, and freshly proven: an open browser must not be enough to stay in for good.
 * @param email their address, where Gait knows none yet: so that nobody takes a sign-in for theirs that is still open at the provider
 */
export async function beginConnecting(
  ctx: Ctx,
  { connection: id, email }: { connection: string; email?: string | undefined },
): Promise<Begun> {
  const { orgId, actor, clock } = ctx;
  if (actor.kind !== 'user') throw new AppError('forbidden', 'Only people connect a provider.');
  requireFresh(ctx);
  const { personId } = actor;
  const { connection, slug, known } = await inOrg(orgId, async (tx) => {
    const person = await tx.person.findUniqueOrThrow({ where: { orgId_id: { orgId, id: personId } } });
    const organisation = await tx.organisation.findUniqueOrThrow({ where: { orgId } });
    return {
      connection: await findConnection(tx, orgId, id),
      slug: organisation.slug,
      known: person.email,
    };
  });
  if (connection?.status !== 'on') throw new AppError('conflict', 'This connection is not switched on.');
  const returnTo = `/${encodeURIComponent(slug)}/settings/members/${personId}`;
  const address = known ?? email;
  if (address === undefined) throw refusedFields({ email: ['Give your e-mail address at work.'] });
  const about = { purpose: 'connect', personId, address, returnTo, loginHint: address } as const;
  return beginSignIn(connection, about, clock);
}
