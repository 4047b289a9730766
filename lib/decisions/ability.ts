import type { Gear } from '@/lib/domain/gear';
import { isOnePerson } from '@/lib/domain/identity/one-person';
import type { Approval } from '@/lib/domain/lane/lane-state';
import { explainRefusal } from '@/lib/members/allow';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { approversOf } from './data/approvers';

type Move = { team: string; to: Gear; approvals: readonly Pick<Approval, 'personId' | 'person'>[] };

/** Why this person may not decide about a move of a lane, in a sentence; null when they may. */
export async function explainWhyNot(
  tx: Tx,
  ctx: Pick<Ctx, 'orgId' | 'actor'>,
  { team, to, approvals }: Move,
): Promise<string | null> {
  const { actor } = ctx;
  if (actor.kind !== 'user') return 'A promotion waits for a named person; a token cannot decide.';
  const refusal = await explainRefusal(ctx, 'decideGears', team, tx);
  if (refusal) return refusal;
  const before = await agreedBefore(tx, ctx.orgId, actor.personId, approvals);
  if (!before) return null;
  const said =
    before.personId === actor.personId
      ? 'You have agreed already.'
      : `${before.person} has agreed already and has your address or login: you count as one person.`;
  return `${said} ${to === 'run' ? 'Run needs a second person.' : ''}`.trim();
}

/** The approval that this person has given already, as themselves or as somebody who counts as them. */
async function agreedBefore(
  tx: Tx,
  orgId: OrgId,
  personId: string,
  approvals: Move['approvals'],
): Promise<Move['approvals'][number] | undefined> {
  if (approvals.length === 0) return undefined;
  const own = approvals.find((approval) => approval.personId === personId);
  if (own) return own;
  const people = await approversOf(tx, orgId, [personId, ...approvals.map((approval) => approval.personId)]);
  const self = people.get(personId);
  return approvals.find((approval) => {
    const other = people.get(approval.personId);
    return self && other && isOnePerson(self, other);
  });
}
