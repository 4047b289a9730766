import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { waitUntilProjected } from '@/lib/events/data';
import { getOverview } from '@/lib/lanes/data/overview';
import { inOrg, inWorkList } from '@/lib/platform/db';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aDecision } from '@/lib/testing/world';
import { halveWork } from './claim-work';
import { projectTasks } from './project-tasks';
import { projectAll } from './projector';

aTestDatabase();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const lane = { team: 'payments', category: 'tests' };

/** Clean tasks of payments/tests, one every hour. */
const cleanTasks = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aTask(`t#${index + 1}`)
      .at(STORY_START + index * HOUR_MS)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );

const dueOf = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) => tx.laneDue.findMany({ where: { orgId } }));

it('a new decision replays its lane from its own time, not from that of the first one ever made', async () => {
  const org = await anOrganisation();
  const first = aDecision(lane, STORY_START + 40 * DAY_MS, 'walk');
  const second = aDecision(lane, STORY_START + 50 * DAY_MS, 'walk', 'otto');
  await theRecord(org.ctx, ...cleanTasks(40), [first]);
  await projectAll(org.clock);
  await theRecord(org.ctx, [second]);
  await projectTasks(org.clock);
  expect(await dueOf(org)).toMatchObject([{ ...lane, dirtyFrom: new Date(second.at) }]);
  await projectAll(org.clock);
  expect((await projectionRows(org.orgId)).decision).toHaveLength(2);
});

it('a lane whose only task was sorted into another is gone from the map', async () => {
  const org = await anOrganisation();
  await theRecord(org.ctx, ...cleanTasks(1));
  await projectAll(org.clock);
  const sorted = aTask('t#1')
    .at(STORY_START + 2 * DAY_MS)
    .classifiedAs('docs');
  await theRecord(
    org.ctx,
    sorted.events.map((event) => ({ ...event, id: 'sorted' })),
  );
  await projectAll(org.clock);
  const organisation = { slug: org.slug, name: 'Acme', isSample: false };
  const { teams } = await getOverview(org.orgId, organisation, org.clock.now());
  const cells = teams.flatMap(({ slug, lanes }) =>
    Object.keys(lanes).map((category) => `${slug}/${category}`),
  );
  expect(cells).toEqual(['payments/docs']);
});

it('who waits for evidence that was split up waits for all of its parts', async () => {
  const org = await anOrganisation();
  const { workIds } = await theRecord(org.ctx, ...cleanTasks(8));
  const split = async (id: string) => inWorkList((tx) => halveWork(tx, id));
  for (let times = 0; times < 2; times += 1) {
    const open = await inOrg(org.orgId, (tx) => tx.projectionWork.findMany({ where: { orgId: org.orgId } }));
    for (const { id } of open) expect(await split(id)).toBe(true);
  }
  const parts = () =>
    inOrg(org.orgId, (tx) =>
      tx.projectionWork.findMany({ where: { orgId: org.orgId }, orderBy: { id: 'asc' } }),
    );
  expect((await parts()).map(({ taskRefs }) => taskRefs.length)).toEqual([2, 2, 2, 2]);
  for (const { id } of await parts()) {
    expect(await waitUntilProjected(org.orgId, workIds, 60)).toBe(false);
    await inOrg(org.orgId, (tx) => tx.projectionWork.delete({ where: { id } }));
  }
  expect(await waitUntilProjected(org.orgId, workIds, 60)).toBe(true);
});
