import { allow } from '@/lib/members/allow';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { incomingOf } from '@/lib/platform/http';
import { actorOf } from '@/lib/sessions/actor';
import { currentSession } from '@/lib/sessions/gate';
import { canReadAuditLog } from '@/lib/tokens/ability';
import { requireToken } from '@/lib/tokens/live';

/** The organisation whose audit log the request's token may read. */
export async function requireAuditToken(request: Request, clock: Clock): Promise<OrgId> {
  const { orgId, token } = await requireToken(incomingOf(request), clock);
  if (!canReadAuditLog(token))
    throw new AppError('forbidden', 'This token may not read the audit log: it lacks the scope audit:read.');
  return orgId;
}

/** The organisation of the signed-in person, if they may read its audit log. */
export async function requireAuditReader(): Promise<OrgId> {
  const session = await currentSession();
  if (!session) throw new AppError('unauthenticated', 'Sign in first.');
  const { orgId } = session;
  await allow({ orgId, actor: actorOf(session) }, 'readAudit');
  return orgId;
}
