import { presentedToken, unknownToken } from '@/lib/platform/bearer';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { incomingOf } from '@/lib/platform/http';
import { canRead } from './ability';
import { findToken } from './data';

/** The organisation that the request's token may read. */
export async function requireReader(request: Request, clock: Clock): Promise<OrgId> {
  const { orgId, hash } = presentedToken(incomingOf(request));
  const token = await findToken(orgId, hash, clock.now());
  if (!token) throw unknownToken();
  if (!canRead(token)) throw new AppError('forbidden', 'This token may not read: it lacks the scope read.');
  return orgId;
}
