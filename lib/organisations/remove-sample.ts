import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { createSignInLink, signIn } from '@/lib/sessions/mutations';
import { canRemoveSample } from './ability';
import { createOrganisation, installOrg } from './mutations';

/** Removes the sample organisation whole, and gives the person an empty one of their own, already signed in. */
export async function replaceSample(
  ctx: Ctx,
  name: string,
): Promise<{ slug: string; sessionSecret: string }> {
  const { actor, orgId, clock } = ctx;
  if (actor.kind !== 'user' || !canRemoveSample(actor))
    throw new AppError('forbidden', 'Owners and leads remove the sample data.');
  const sample = await inOrg(orgId, (tx) =>
    tx.organisation.findUnique({ where: { orgId }, select: { isSample: true } }),
  );
  if (!sample?.isSample)
    throw new AppError('conflict', 'This organisation is not sample data: it is never removed this way.');
  const own = await createOrganisation(
    { name, isSample: false, owner: { name: actor.name, role: 'owner' } },
    clock,
  );
  await installOrg(own.orgId, clock);
  await inOrg(orgId, async (tx) => {
    // Whatever is written to it at the moment comes to its end first.
    await tx.$executeRaw`SET LOCAL lock_timeout = '20s'`;
    await tx.$queryRaw`SELECT remove_sample_organisation()::text`;
  });
  const { secret } = await signIn(await createSignInLink(own.orgId, own.personId, clock), null, clock);
  return { slug: own.slug, sessionSecret: secret };
}
