import type { Clock } from '@/lib/platform/clock';
import { limitingRefusals, signInTries } from '@/lib/platform/rate-limit';
import { readSecret } from '@/lib/platform/secret';
import { type Opened, signIn } from './mutations';

/** Who comes with a link or an invitation: their network, and their browser as it names itself. */
export type Comer = { client: string; userAgent: string | null };

/** Signs in by a link. Those that do not work count against where they come from, and against the organisation that they name. */
export function signInByLink(link: string, { client, userAgent }: Comer, clock: Clock): Promise<Opened> {
  const target = readSecret('link', link)?.orgId ?? null;
  return limitingRefusals(signInTries(client, target), () => signIn(link, userAgent, clock));
}
