import type { Gear } from '@/lib/domain/gear';
import { explainRefusal } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

type Move = { team: string; to: Gear; approvals: readonly { personId: string }[] };

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
  if (!approvals.some(({ personId }) => personId === actor.personId)) return null;
  return `You have agreed already. ${to === 'run' ? 'Run needs a second person.' : ''}`.trim();
}
