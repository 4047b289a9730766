import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { canSendMail } from '@/lib/platform/mail';
import { LIMITS, requireWithinLimit } from '@/lib/platform/rate-limit';
import { findConnection } from '../data/connections';
import { type BegunByEmail, mailLink, sayingOnlyThat } from './begin';
import { beginSignIn } from './sign-in';

/**
 * Begins to prove anew who somebody is, in the way in which they signed in: at the provider, who is told to ask, or by a link that is
 * mailed. What opens then is a session of its own, for the same person.
 * @param returnTo the page to come back to
 */
export async function proveAgain(ctx: Ctx, returnTo: string | null): Promise<BegunByEmail> {
  const { orgId, actor, clock } = ctx;
  if (actor.kind !== 'user') throw new AppError('forbidden', 'Only people prove who they are.');
  const { personId, sessionId } = actor;
  await requireWithinLimit(LIMITS.reauthentication, personId);
  const { connection, email } = await inOrg(orgId, async (tx) => {
    const session = await tx.session.findUnique({ where: { orgId_id: { orgId, id: sessionId } } });
    const by = session?.connection ?? null;
    return {
      connection: by === null ? null : await findConnection(tx, orgId, by),
      email: await tx.identity.findFirst({ where: { orgId, personId, connection: 'email' } }),
    };
  });
  if (connection?.status === 'on') {
    const begin = () => beginSignIn(connection, { purpose: 'fresh', personId, returnTo }, clock);
    return { kind: 'provider', begun: await sayingOnlyThat(begin, connection.id) };
  }
  if (email === null || !canSendMail())
    throw new AppError(
      'conflict',
      'You signed in by a link, and Gait cannot send you another: get one with npx gait sign-in-link, or from an admin, and open it here.',
    );
  await mailLink(orgId, email.subject, clock);
  return { kind: 'mail' };
}
