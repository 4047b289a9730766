import type { Ctx, OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';

/** Who may break the glass: owners who were named for it and may sign in. Links sign them in even where single sign-on is enforced. */
export const GLASS_BREAKERS = {
  breakGlass: true,
  removedAt: null,
  grants: { some: { team: '', role: 'owner' } },
} as const;

export async function isEnforced(tx: Tx, orgId: OrgId): Promise<boolean> {
  const { ssoEnforced } = await tx.organisation.findUniqueOrThrow({
    where: { orgId },
    select: { ssoEnforced: true },
  });
  return ssoEnforced;
}

/** Whether a link signs this person in: anybody's does, but where single sign-on is enforced. */
export async function mayUseLinks(tx: Tx, orgId: OrgId, personId: string): Promise<boolean> {
  if (!(await isEnforced(tx, orgId))) return true;
  return (await tx.person.count({ where: { orgId, id: personId, ...GLASS_BREAKERS } })) > 0;
}

/** Whether single sign-on is enforced, and a provider that fails would lock everybody out. */
async function hasNoWayIn(tx: Tx, orgId: OrgId): Promise<boolean> {
  return (
    (await isEnforced(tx, orgId)) && (await tx.person.count({ where: { orgId, ...GLASS_BREAKERS } })) === 0
  );
}

/**
 * Asked after a change, in its transaction: whether it took the last person who may break the glass. Where there was none before,
 * a change of somebody else takes nobody.
 */
export async function hasTakenTheLast(tx: Tx, orgId: OrgId, changed: readonly string[]): Promise<boolean> {
  if (!(await hasNoWayIn(tx, orgId))) return false;
  return (await tx.person.count({ where: { orgId, id: { in: [...changed] }, breakGlass: true } })) > 0;
}

/** Called after a change of these people, in its transaction: somebody can always get in without the provider. */
export async function requireGlassBreaker(tx: Tx, orgId: OrgId, changed: readonly string[]): Promise<void> {
  if (await hasTakenTheLast(tx, orgId, changed)) throw noneLeft();
}

/** The same after the word itself was taken from somebody. */
export async function requireAnyGlassBreaker(tx: Tx, orgId: OrgId): Promise<void> {
  if (await hasNoWayIn(tx, orgId)) throw noneLeft();
}

function noneLeft(): AppError {
  return new AppError(
    'conflict',
    'Single sign-on is enforced, and nobody else could sign in without the provider. Let another owner break the glass first, on their page under Settings, People.',
  );
}

/** Where single sign-on is enforced, ends the sessions that these people have by a link, but for whoever may break the glass. */
export async function endLinkSessions(
  tx: Tx,
  { orgId, clock }: Pick<Ctx, 'orgId' | 'clock'>,
  personIds: readonly string[] | 'everybody',
): Promise<number> {
  if (!(await isEnforced(tx, orgId))) return 0;
  const { count } = await tx.session.updateMany({
    where: {
      orgId,
      connection: null,
      endedAt: null,
      NOT: { person: GLASS_BREAKERS },
      ...(personIds !== 'everybody' && { personId: { in: [...personIds] } }),
    },
    data: { endedAt: clock.now() },
  });
  return count;
}
