import { expect, it } from 'vitest';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { getLane } from '@/lib/lanes/data/lane';
import { projectAll } from '@/lib/projection/projector';
import { getTask } from '@/lib/tasks/data/task';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { getIncidents, listIncidents } from './data/list';

aTestDatabase();

it('an incident that only a link names has neither title nor severity, and counts as SEV4 until somebody says it', async () => {
  const clock = aClock(STORY_START + 40 * 86_400_000);
  const org = await anOrganisation({ clock });
  const { orgId } = org.ctx;
  const task = aTask('t#1').at(STORY_START).openedBy('codex', { team: 'Web', category: 'tests' });
  const link = anIncident('pd:7')
    .at(STORY_START + 86_400_000)
    .linkedTo('t#1', 'confirmed', { by: 'lena' });
  await theRecord(org.ctx, task.approvedBy('ana').merged('ana'), link);
  await projectAll(clock);

  const { items } = await listIncidents(orgId, undefined);
  expect(items).toMatchObject([
    { ref: 'pd:7', title: null, severity: null, links: [{ taskRef: 't#1', taskTitle: null }] },
  ]);
  expect((await projectionRows(orgId)).charge).toMatchObject([{ key: 'pd:7', severity: 'SEV4' }]);
  const page = await getTask(orgId, 't#1', clock.now());
  expect(page).toMatchObject({ title: null, incidents: [{ ref: 'pd:7', title: null, severity: null }] });
  const organisation = { slug: 'o', name: 'O', isSample: false };
  const lane = await getLane(orgId, organisation, 'web', 'tests', clock.now());
  expect(lane?.incidents).toMatchObject([{ ref: 'pd:7', title: null, severity: null }]);
  expect(lane?.evidence).toMatchObject([
    { ref: 't#1', title: null, charges: [{ kind: 'incident', severity: null, incidentRef: 'pd:7' }] },
  ]);

  await theRecord(org.ctx, link.opened('SEV2', { title: 'Down' }));
  await projectAll(clock);
  expect((await getIncidents(orgId, undefined)).items).toMatchObject([{ title: 'Down', severity: 'SEV2' }]);
  expect((await projectionRows(orgId)).charge).toMatchObject([{ key: 'pd:7', severity: 'SEV2' }]);
});
