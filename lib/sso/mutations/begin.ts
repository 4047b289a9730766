import { mayUseLinks } from '@/lib/members/break-glass';
import { findInstalledOrg } from '@/lib/organisations/mutations';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { AppError, isAppError } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';
import { canSendMail, sendMailLater } from '@/lib/platform/mail';
import { LIMITS, overLimit, requireWithinLimit } from '@/lib/platform/rate-limit';
import { createSignInLink } from '@/lib/sessions/mutations';
import { routeOf } from '../data/connections';
import { type Begun, beginSignIn } from './sign-in';

/** A sign-in was begun at a provider, or a link may be on its way: which people exist, nobody learns. */
export type BegunByEmail = { kind: 'provider'; begun: Begun } | { kind: 'mail' };

/** Begins a sign-in, from a network. */
export async function beginSignInFrom(client: string, email: string, clock: Clock): Promise<BegunByEmail> {
  await requireWithinLimit(LIMITS.signInStart, client);
  return beginSignInByEmail(email, clock);
}

/** Sends somebody to the provider of their address's domain; without one, mails a link to whoever signs in by this address. */
export async function beginSignInByEmail(email: string, clock: Clock): Promise<BegunByEmail> {
  const route = await sayingOnlyThat(() => routeOf(email));
  const connection = route?.connection;
  if (connection) {
    const begin = () => beginSignIn(connection, { purpose: 'sign-in', loginHint: email }, clock);
    return { kind: 'provider', begun: await sayingOnlyThat(begin, connection.id) };
  }
  if (!canSendMail())
    throw new AppError('invalid', 'Not sent.', {
      fields: { email: ['No provider is set up for this domain, and Gait cannot send mail. Use a link.'] },
    });
  const orgId = route?.orgId ?? (await findInstalledOrg());
  // Nobody waits for it: how long an answer takes would tell whether the address is known.
  if (orgId) void mailLink(orgId, email, clock).catch(() => {});
  return { kind: 'mail' };
}

/** Whoever signs in reads only that it does not work; why is for the log, since it tells of the inside. */
export async function sayingOnlyThat<T>(begin: () => Promise<T>, connection?: string): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    if (!isAppError(error)) throw error;
    logger().warn({ connection, reason: error.message }, 'sign-in not begun');
    throw new AppError(
      'unavailable',
      'Signing in through your organisation’s provider does not work at the moment. Try again later, or ask an admin.',
      { cause: error },
    );
  }
}

/** Mails a link to the person who signs in by this address, if there is one who may. */
export async function mailLink(orgId: OrgId, email: string, clock: Clock): Promise<void> {
  const found = await inOrg(orgId, async (tx) => {
    const identity = await tx.identity.findFirst({
      where: { orgId, connection: 'email', subject: email, person: { removedAt: null } },
      select: { person: { select: { id: true, name: true } } },
    });
    if (identity === null) return null;
    const { person } = identity;
    if (!(await mayUseLinks(tx, orgId, person.id))) return null;
    const { name } = await tx.organisation.findUniqueOrThrow({ where: { orgId }, select: { name: true } });
    return { person, organisation: name };
  });
  if (!found || (await overLimit(LIMITS.mail, email)) !== null) return;
  const { person, organisation } = found;
  const secret = await createSignInLink(orgId, person.id, 'e-mail link', clock);
  sendMailLater({
    to: email,
    subject: `Sign in to Gait: ${organisation}`,
    text: `Hello ${person.name},\n\nthis link signs you in to ${organisation}, once, within ten minutes:\n\n${publicUrl()}/sign-in?link=${secret}\n\nYou did not ask for it? Then do nothing: the link alone signs nobody in.\n`,
  });
}
