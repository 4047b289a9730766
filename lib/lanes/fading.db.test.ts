import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { projectRoot } from '@/lib/platform/root';
import { projectAll } from '@/lib/projection/projector';
import { rebuildProjections } from '@/lib/projection/rebuild';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { aDecision } from '@/lib/testing/world';
import { getLane } from './data/lane';
import { listLanes } from './data/list';
import { getOverview } from './data/overview';

const database = aTestDatabase();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const onDay = (day: number) => STORY_START + day * DAY_MS;

function cleanTasks(count: number, category: string) {
  return Array.from({ length: count }, (_, index) =>
    aTask(`${category}#${index}`)
      .at(STORY_START + index * HOUR_MS)
      .openedBy('codex', { team: 'Payments', category })
      .approvedBy('ana')
      .merged('ana'),
  );
}

/** Three lanes that worked for two days and then fell idle: in crawl, proven for run in walk, and recommended for walk. */
async function anIdleOrganisation(): Promise<TestOrganisation> {
  const org = await anOrganisation({ clock: aClock(onDay(20)) });
  const accepted = aDecision({ team: 'payments', category: 'tests' }, onDay(16), 'walk');
  const tasks = [...cleanTasks(12, 'docs'), ...cleanTasks(45, 'tests'), ...cleanTasks(25, 'chore')];
  await theRecord(org.ctx, ...tasks, [accepted]);
  await projectAll(org.clock);
  return org;
}

const organisation = { slug: 'acme', name: 'Acme', isSample: false };

async function laneOn(day: number, { orgId }: TestOrganisation, category: string) {
  const lane = await getLane(orgId, organisation, 'payments', category, new Date(onDay(day)));
  if (!lane) throw new Error('There is no such lane.');
  const next = lane.bars.find(({ gear }) => gear === (lane.cell.gear === 'crawl' ? 'walk' : 'run'));
  return { ...lane, next };
}

async function cellsOn(day: number, { orgId }: TestOrganisation) {
  const { items } = await listLanes(orgId, {}, new Date(onDay(day)));
  return Object.fromEntries(items.map((item) => [item.category, item]));
}

it('what is counted on the day of reading has faded with every idle day', async () => {
  const org = await anIdleOrganisation();
  const before = (await cellsOn(20, org)).docs;
  expect(before).toMatchObject({ idleSince: null, fadedDays: 0, cleanNeeded: 8, cleanNeededNow: 8 });
  expect(before).toMatchObject({ blocker: '8 more clean reviews to walk.' });

  const { cell, next, reasons } = await laneOn(75, org, 'docs');
  expect(cell).toMatchObject({ cleanNeeded: 8, cleanNeededNow: 13, proven: 0.7, provenNow: 0.6 });
  expect(cell.blocker).toBe(
    'Nothing has matured since 19 Jan, so its evidence fades; 13 more clean reviews to walk.',
  );
  expect(reasons[0]).toBe(cell.blocker);
  expect(reasons[1]).toBe('Proven at least .60.');
  expect(cell.idleSince).toBe('2026-01-19T20:20:00.000Z');
  expect(cell.fadedDays).toBeCloseTo(30.53, 2);
  expect(next?.now.evidence).toBeCloseTo((next?.evidence ?? 0) / 2 ** (cell.fadedDays / 30), 12);
  expect((await cellsOn(75, org)).docs).toEqual(expect.objectContaining(cell));
});

it('a bar that was proven is not any more when too much has faded', async () => {
  const org = await anIdleOrganisation();
  expect((await cellsOn(20, org)).tests?.blocker).toBe('Proven for run; 10 more must mature in walk first.');
  const { cell, next } = await laneOn(90, org, 'tests');
  expect(cell.blocker).toMatch(
    /^Nothing has matured since 21 Jan, so its evidence fades; 1\d more clean reviews to run\.$/,
  );
  expect(cell).toMatchObject({ proven: 0.9, provenNow: 0.85, cleanNeeded: 10 });
  expect(next).toMatchObject({ met: true, now: { met: false } });
  const overview = await getOverview(org.orgId, organisation, new Date(onDay(90)));
  expect(overview.teams[0]?.blocker).toMatch(
    /^Tests: nothing has matured since 21 Jan, so its evidence fades; /,
  );
});

it('a recommendation stands however much has faded; only the figures say so', async () => {
  const org = await anIdleOrganisation();
  const { cell, recommendation, next, reasons } = await laneOn(150, org, 'chore');
  expect(cell).toMatchObject({ verdict: 'promote', blocker: '', provenNow: 0.75, proven: 0.8 });
  expect(recommendation).toMatchObject({
    to: 'walk',
    sinceThen: expect.stringMatching(
      /^Since then its evidence has faded: at least \.75 is proven now, where walk needs \.80\. \d+ more clean reviews would prove it again\.$/,
    ),
  });
  const overview = await getOverview(org.orgId, organisation, new Date(onDay(150)));
  expect(overview.waiting).toMatchObject([{ sinceThen: recommendation?.sinceThen }]);
  expect((await laneOn(60, org, 'chore')).recommendation?.sinceThen).toBeNull();
  expect(reasons).toEqual(recommendation?.reasons);
  expect(next).toMatchObject({ met: true, now: { met: false } });
});

it('what is kept does not depend on the day it was made', async () => {
  const org = await anIdleOrganisation();
  const tables = await rebuildProjections(org.orgId, aClock(onDay(700)));
  expect(Object.values(tables).every(({ equal }) => equal)).toBe(true);
  expect((await laneOn(75, org, 'docs')).cell.cleanNeededNow).toBe(13);
});

it('a lane from before Gait kept how evidence fades is written once more', async () => {
  const org = await anIdleOrganisation();
  await database.asOwner("UPDATE lane SET trust = trust - 'fading'");
  expect((await laneOn(75, org, 'docs')).cell.idleSince).toBeNull();
  await database.asOwner(
    readFileSync(join(projectRoot(), 'prisma/migrations/20261124000000_fading_lanes/migration.sql'), 'utf8'),
  );
  await projectAll(aClock(Date.now()));
  expect((await laneOn(75, org, 'docs')).cell.cleanNeededNow).toBe(13);
});
