import type { Gear } from '@/lib/domain/gear';
import { type Approver, isOnePerson } from '@/lib/domain/identity/one-person';
import type { Approval } from '@/lib/domain/lane/lane-state';

type Agreed = Pick<Approval, 'personId' | 'person'>;

/** The people who decide, by id, with what tells whether two of them are one. */
export type Deciders = ReadonlyMap<string, Approver>;

/** Why somebody who has agreed before may not agree again, in a sentence; null when they may. */
export function explainSecondApproval(
  personId: string,
  { to, approvals }: { to: Gear; approvals: readonly Agreed[] },
  people: Deciders,
): string | null {
  const before = approvalAlreadyGiven(personId, approvals, people);
  if (!before) return null;
  const who =
    before.personId === personId
      ? 'You have agreed already.'
      : `${before.person} has agreed already and has your address or login: you count as one person.`;
  return to === 'run' ? `${who} Promotion to run needs a second approver.` : who;
}

/** The approval that this person has given already, as themselves or as somebody who counts as them. */
function approvalAlreadyGiven(
  personId: string,
  approvals: readonly Agreed[],
  people: Deciders,
): Agreed | undefined {
  const own = approvals.find((approval) => approval.personId === personId);
  if (own) return own;
  const self = people.get(personId);
  return approvals.find((approval) => {
    const other = people.get(approval.personId);
    return self && other && isOnePerson(self, other);
  });
}
