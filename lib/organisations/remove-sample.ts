import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { createSignInLink, type Opened, signIn } from '@/lib/sessions/mutations';
import { createOrganisation, installOrg } from './mutations';

/** Removes the sample organisation whole, and gives the person an empty one of their own, already signed in. */
export async function replaceSample(ctx: Ctx, name: string): Promise<Opened> {
  const { actor, orgId, clock } = ctx;
  await allow(ctx, 'removeSample');
  if (actor.kind !== 'user')
    throw new AppError('forbidden', 'Only a person removes the sample data: what follows it will be theirs.');
  const sample = await inOrg(orgId, (tx) =>
    tx.organisation.findUnique({ where: { orgId }, select: { isSample: true } }),
  );
  if (!sample?.isSample)
    throw new AppError('conflict', 'This organisation is not sample data: it is never removed this way.');
  const own = await createOrganisation({ name, isSample: false, owner: { name: actor.name } }, clock);
  await installOrg(own.orgId, clock);
  await inOrg(orgId, async (tx) => {
    // Whatever is written to it at the moment comes to its end first.
    await tx.$executeRaw`SET LOCAL lock_timeout = '20s'`;
    await tx.$queryRaw`SELECT remove_sample_organisation()::text`;
  });
  return signIn(await createSignInLink(own.orgId, own.personId, 'owner link', clock), null, clock);
}
