import 'server-only';
import { may } from '@/lib/domain/ability';
import { systemClock } from '@/lib/platform/clock';
import { knownTrouble } from '@/lib/platform/clock-watch';
import { requireSession } from '@/lib/sessions/gate';

/** Why the time is in doubt, for whoever may act here; null where it is not. */
export async function loadClockTrouble(org: string): Promise<string | null> {
  const { person } = await requireSession(org);
  const mayAct = person.grants.some(({ team }) => may(person.grants, 'recordByHand', team));
  return mayAct ? knownTrouble(systemClock) : null;
}
