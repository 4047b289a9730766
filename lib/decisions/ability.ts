import type { Gear } from '@/lib/domain/gear';
import { canDecideGears } from '@/lib/organisations/ability';
import type { Actor } from '@/lib/platform/ctx';

/** Why this person may not decide about a move to a gear, in a sentence; null when they may. */
export function explainWhyNot(
  actor: Actor,
  to: Gear,
  approvals: readonly { personId: string }[],
): string | null {
  if (!canDecideGears(actor)) return 'Leads, admins and owners decide about gears. Ask one of them.';
  if (actor.kind === 'user' && approvals.some(({ personId }) => personId === actor.personId)) {
    return `You have agreed already. ${to === 'run' ? 'Run needs a second person.' : ''}`.trim();
  }
  return null;
}
