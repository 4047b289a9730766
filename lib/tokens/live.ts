import type { Incoming } from '@/lib/platform/answer';
import { presentedToken, unknownToken } from '@/lib/platform/bearer';
import { addressOf } from '@/lib/platform/client-address';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { LIMITS, limitingRefusals } from '@/lib/platform/rate-limit';
import { findToken, type LiveToken } from './data';

/** The token that a request bears, looked up. Whoever tries too many that do not work is told to wait. */
export async function requireToken(
  incoming: Pick<Incoming, 'header'>,
  clock: Clock,
): Promise<{ orgId: OrgId; token: LiveToken }> {
  const { orgId, hash } = presentedToken(incoming);
  return limitingRefusals(LIMITS.unknownToken, addressOf(incoming), async () => {
    const token = await findToken(orgId, hash, clock.now());
    if (!token) throw unknownToken();
    return { orgId, token };
  });
}
