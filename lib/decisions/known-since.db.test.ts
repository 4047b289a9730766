import { expect, it } from 'vitest';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { projectAll } from '@/lib/projection/projector';
import { rebuildProjections } from '@/lib/projection/rebuild';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { getDecisions } from './data/list';

aTestDatabase();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Clean tasks of payments/tests, one an hour. */
const tasks = Array.from({ length: 21 }, (_, index) =>
  aTask(`t#${index}`)
    .at(STORY_START + index * HOUR_MS)
    .openedBy('codex', { team: 'Payments', category: 'tests' })
    .approvedBy('ana')
    .merged('ana'),
);
/** When the twentieth has matured: a task takes twenty minutes. */
const OPENED = new Date(STORY_START + 19 * HOUR_MS + HOUR_MS / 3 + 14 * DAY_MS);

/** The recommendations that wait, as a person sees them. */
async function waiting(org: TestOrganisation) {
  const page = await getDecisions(org.orgId, org.owner.actor, {}, org.clock.now());
  return page.waiting.items.map(({ openedAt, knownSince }) => ({ openedAt, knownSince }));
}

it('a recommendation that follows from evidence as it comes has been known since it opened', async () => {
  const clock = aClock(STORY_START + 2 * DAY_MS);
  const org = await anOrganisation({ clock });
  await theRecord(org.ctx, ...tasks);
  await projectAll(clock);
  clock.moveTo(OPENED.getTime() + HOUR_MS);
  await projectAll(clock);
  expect(await waiting(org)).toEqual([{ openedAt: OPENED.toISOString(), knownSince: null }]);
});

it('one that follows from evidence told later says since when it is known, also after a rebuild', async () => {
  const clock = aClock(STORY_START + 90 * DAY_MS);
  const org = await anOrganisation({ clock });
  await theRecord(org.ctx, ...tasks);
  await projectAll(clock);
  const known = { openedAt: OPENED.toISOString(), knownSince: clock.now().toISOString() };
  expect(await waiting(org)).toEqual([known]);
  clock.moveOn({ days: 10 });
  const tables = Object.entries(await rebuildProjections(org.orgId, clock));
  expect(tables.filter(([, { equal }]) => !equal)).toEqual([]);
  expect(await waiting(org)).toEqual([known]);
});

it('one that only the undoing of a charge has brought about is known since then', async () => {
  const clock = aClock(STORY_START + 2 * DAY_MS);
  const org = await anOrganisation({ clock });
  const outage = anIncident()
    .at(STORY_START + DAY_MS)
    .opened('SEV3')
    .linkedTo('t#3', 'confirmed', { by: 'lena' });
  await theRecord(org.ctx, ...tasks, outage);
  await projectAll(clock);
  clock.moveTo(OPENED.getTime() + 30 * DAY_MS);
  await projectAll(clock);
  expect(await waiting(org)).toEqual([]);
  const undone = outage.at(clock.now().getTime()).linkedTo('t#3', 'rejected', { by: 'lena' });
  await theRecord(org.ctx, undone.events.slice(-1));
  await projectAll(clock);
  expect(await waiting(org)).toEqual([
    { openedAt: OPENED.toISOString(), knownSince: clock.now().toISOString() },
  ]);
});
