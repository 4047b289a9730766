import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { projectAll } from '@/lib/projection/projector';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { listRepositories } from './data';
import { assignRepository } from './mutations';
import { assignRepositorySchema } from './schema';

aTestDatabase();

const merged = (ref: string, facts: { team?: string; repository?: string }) =>
  aTask(ref)
    .at(STORY_START)
    .openedBy('codex', { category: 'tests', ...facts })
    .approvedBy('ana')
    .merged('ana');

const teamsOf = async ({ orgId }: TestOrganisation) =>
  Object.fromEntries(
    (await inOrg(orgId, (tx) => tx.task.findMany({ where: { orgId } }))).map(({ ref, team }) => [ref, team]),
  );

const assign = (org: TestOrganisation, name: string, team: string | null) =>
  assignRepository(org.owner, assignRepositorySchema.parse({ name, team }));

it('a repository’s tasks that name no team count for its team, those of the past as well, and a team that was named stands', async () => {
  const org = await anOrganisation();
  const repository = 'acme/shop';
  await theRecord(org.ctx, merged('a', { repository }), merged('b', { repository, team: 'Search' }));
  await theRecord(org.ctx, merged('c', { team: 'Payments' }));
  await projectAll(org.clock);
  expect(await teamsOf(org)).toEqual({ a: 'unassigned', b: 'search', c: 'payments' });
  expect(await listRepositories(org.orgId)).toEqual([{ name: repository, team: null }]);

  expect(await assign(org, repository, 'Payments')).toEqual({ tasks: 2 });
  await theRecord(org.ctx, merged('d', { repository }));
  await projectAll(org.clock);
  expect(await teamsOf(org)).toEqual({ a: 'payments', b: 'search', c: 'payments', d: 'payments' });
  expect(await assign(org, repository, 'payments'), 'said already').toEqual({ tasks: 0 });

  await assign(org, repository, null);
  await projectAll(org.clock);
  expect(await teamsOf(org)).toMatchObject({ a: 'unassigned', d: 'unassigned' });
  const acts = await inOrg(org.orgId, (tx) => tx.audit.findMany({ where: { act: 'repository.assigned' } }));
  expect(acts).toMatchObject([
    { target: 'repository:acme/shop', before: { team: null }, after: { team: 'payments' } },
    { before: { team: 'payments' }, after: { team: null } },
  ]);
});

it('is assigned to a team that there is, by whoever may', async () => {
  const org = await anOrganisation();
  await expect(assign(org, 'acme/shop', 'nobody')).rejects.toMatchObject({
    fields: { team: ['There is no team nobody yet.'] },
  });
  const member = await org.person('Mia', 'member');
  await expect(assignRepository(member, { name: 'acme/shop', team: null })).rejects.toMatchObject({
    code: 'forbidden',
  });
});
