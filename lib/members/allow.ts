import { type Ability, may, whoMay } from '@/lib/domain/ability';
import type { Actor, Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { listWhoMay } from './data/who-may';

/** Whether the actor may. Gait's own jobs may what no person has to answer for; a token may only what its scopes say. */
export function isAllowed(actor: Actor, ability: Ability, team: string | null = null): boolean {
  return actor.kind === 'job' || (actor.kind === 'user' && may(actor.grants, ability, team));
}

/**
 * Refuses whoever may not, in a sentence that says who may, by role and by name.
 * @param about `team`: the team that the deed is about; `tx`: the transaction that the caller is in already
 * @throws AppError `forbidden`
 */
export async function allow(
  ctx: Pick<Ctx, 'orgId' | 'actor'>,
  ability: Ability,
  about: { team?: string | null; tx?: Tx } = {},
): Promise<void> {
  const { team = null, tx } = about;
  if (isAllowed(ctx.actor, ability, team)) return;
  throw new AppError('forbidden', await refusal(ctx, ability, team, tx));
}

/** The sentence for whoever may not; null for whoever may. */
export async function explainRefusal(
  ctx: Pick<Ctx, 'orgId' | 'actor'>,
  ability: Ability,
  team: string | null,
  tx?: Tx,
): Promise<string | null> {
  return isAllowed(ctx.actor, ability, team) ? null : refusal(ctx, ability, team, tx);
}

async function refusal(
  { orgId }: Pick<Ctx, 'orgId'>,
  ability: Ability,
  team: string | null,
  tx: Tx | undefined,
): Promise<string> {
  const names = await listWhoMay(orgId, ability, team, tx);
  const ask = new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
  return names.length === 0 ? whoMay(ability) : `${whoMay(ability)} Ask ${ask}.`;
}
