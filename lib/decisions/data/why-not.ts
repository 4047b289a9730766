import type { Gear } from '@/lib/domain/gear';
import type { Approval } from '@/lib/domain/lane/lane-state';
import { explainRefusal } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { explainSecondApproval } from '../ability';
import { approversOf } from './approvers';

type Move = { team: string; to: Gear; approvals: readonly Pick<Approval, 'personId' | 'person'>[] };

/** Why this person may not decide about a move of a lane, in a sentence; null when they may. */
export async function explainWhyNot(
  tx: Tx,
  { orgId, actor }: Pick<Ctx, 'orgId' | 'actor'>,
  move: Move,
): Promise<string | null> {
  if (actor.kind !== 'user') return 'A promotion waits for a named person; a token cannot decide.';
  const refusal = await explainRefusal({ orgId, actor }, 'decideGears', move.team, tx);
  if (refusal || move.approvals.length === 0) return refusal;
  const ids = [actor.personId, ...move.approvals.map(({ personId }) => personId)];
  return explainSecondApproval(actor.personId, move, await approversOf(tx, orgId, ids));
}
