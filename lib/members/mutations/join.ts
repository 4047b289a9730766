import type { Clock } from '@/lib/platform/clock';
import { limitingRefusals, signInTries } from '@/lib/platform/rate-limit';
import { readSecret } from '@/lib/platform/secret';
import type { Comer } from '@/lib/sessions/by-link';
import type { Opened } from '@/lib/sessions/mutations';
import { acceptInvitation } from './invitations';

/** Joins by an invitation. Those that do not work count as links do. */
export function joinByInvitation(
  invitation: string,
  { client, userAgent }: Comer,
  clock: Clock,
): Promise<Opened> {
  const target = readSecret('invitation', invitation)?.orgId ?? null;
  return limitingRefusals(signInTries(client, target), () => acceptInvitation(invitation, userAgent, clock));
}
