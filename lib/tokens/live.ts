import type { Incoming } from '@/lib/platform/answer';
import { unknownToken, withPresentedToken } from '@/lib/platform/bearer';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { findToken, type LiveToken } from './data';

/** The token that a request bears, looked up. */
export async function requireToken(
  incoming: Pick<Incoming, 'header'>,
  clock: Clock,
): Promise<{ orgId: OrgId; token: LiveToken }> {
  return withPresentedToken(incoming, async ({ orgId, hash }) => {
    const token = await findToken(orgId, hash, clock.now());
    if (!token) throw unknownToken();
    return { orgId, token };
  });
}
