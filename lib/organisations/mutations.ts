import { recordAudit } from '@/lib/audit/record';
import { DEFAULT_CATEGORIES } from '@/lib/domain/category';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { slugOf } from '@/lib/domain/slug';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, inWorkList } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';

export type NewOrganisation = {
  name: string;
  isSample: boolean;
  owner: { name: string };
};

/** Makes an organisation with its categories, policy version 1 and owner, who can always get in. */
export async function createOrganisation(
  { name, isSample, owner }: NewOrganisation,
  clock: Clock,
): Promise<{ orgId: OrgId; slug: string; personId: string }> {
  const orgId = vouchForOrg(newId());
  const personId = newId();
  const at = clock.now();
  const slug = slugOf(name);
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'first start' }, clock, requestId: newId() };
  await inOrg(orgId, async (tx) => {
    await tx.organisation.create({ data: { orgId, slug, name, isSample, createdAt: at } });
    await tx.category.createMany({ data: DEFAULT_CATEGORIES.map((category) => ({ orgId, ...category })) });
    await tx.policy.create({
      data: {
        orgId,
        version: DEFAULT_POLICY.version,
        document: DEFAULT_POLICY,
        publishedAt: at,
        publishedBy: 'Gait',
      },
    });
    await tx.person.create({
      data: { orgId, id: personId, name: owner.name, handles: [], breakGlass: true, createdAt: at },
    });
    await tx.roleGrant.create({
      data: { orgId, personId, team: '', role: 'owner', source: 'manual', grantedAt: at },
    });
    await tx.reportDue.create({ data: { orgId, dueAt: at } });
    await recordAudit(tx, ctx, {
      act: 'organisation.created',
      target: `organisation:${slug}`,
      after: { name, isSample },
    });
  });
  return { orgId, slug, personId };
}

/** The organisation that this installation opens with; null before the first start. */
export async function findInstalledOrg(): Promise<OrgId | null> {
  const row = await inWorkList((tx) => tx.installation.findUnique({ where: { id: 1 } }));
  return row && vouchForOrg(row.orgId);
}

export async function installOrg(orgId: OrgId, clock: Clock): Promise<void> {
  await inWorkList((tx) =>
    tx.installation.upsert({
      where: { id: 1 },
      create: { id: 1, orgId, createdAt: clock.now() },
      update: { orgId },
    }),
  );
}
