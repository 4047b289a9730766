import { expect, it } from 'vitest';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aDecision } from '@/lib/testing/world';
import { projectTasks } from './project-tasks';
import { projectAll } from './projector';

const database = aTestDatabase();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const lane = { team: 'payments', category: 'tests' };

/** Clean tasks of payments/tests, one every hour from `from` on. */
function cleanTasks(count: number, from = STORY_START, first = 1, every = HOUR_MS) {
  return Array.from({ length: count }, (_, index) =>
    aTask(`t#${first + index}`)
      .at(from + index * every)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
}

const laneOf = async ({ orgId }: TestOrganisation, { team, category } = lane) =>
  inOrg(orgId, (tx) => tx.lane.findUnique({ where: { orgId_team_category: { orgId, team, category } } }));

const dueOf = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) =>
    tx.laneDue.findMany({ where: { orgId }, orderBy: [{ team: 'asc' }, { category: 'asc' }] }),
  );

it('a review that comes before its task makes a task that nobody reported, and then the task', async () => {
  const org = await anOrganisation();
  const [story] = cleanTasks(1);
  const [opened, review, merged] = story?.events ?? [];
  await theRecord(org.ctx, review ? [review] : []);
  await projectAll(org.clock);
  const before = await projectionRows(org.orgId);
  expect(before.task).toMatchObject([
    {
      ref: 't#1',
      team: 'unassigned',
      state: 'open',
      anomalies: ['Reviews arrived, but the task itself was never reported.'],
    },
  ]);
  expect(before.lane).toEqual([]);
  await theRecord(org.ctx, opened && merged ? [merged, opened] : []);
  await projectAll(org.clock);
  const after = await projectionRows(org.orgId);
  expect(after.task).toMatchObject([
    { team: 'payments', state: 'merged', outcome: 'approved_unchanged', score: 1, anomalies: [] },
  ]);
  expect(after.lane).toMatchObject([{ ...lane, decided_count: 1, reviewed_count: 1 }]);
});

it('an agent that nobody registered becomes a shadow agent, first seen when its first task was opened', async () => {
  const org = await anOrganisation();
  const [late, early] = [aTask('late').at(STORY_START + DAY_MS), aTask('early')];
  await theRecord(org.ctx, late.openedBy('devin', { team: 'Payments' }));
  await projectAll(org.clock);
  await theRecord(org.ctx, early.openedBy('devin', { team: 'Payments' }));
  await projectAll(org.clock);
  const agents = await inOrg(org.orgId, (tx) => tx.agent.findMany({ where: { orgId: org.orgId } }));
  expect(agents).toMatchObject([
    { key: 'devin', registeredAt: null, status: 'proposed', firstSeenAt: new Date(STORY_START) },
  ]);
});

it('a task that is moved to another kind of work takes its evidence along, and a lane left empty is gone', async () => {
  const org = await anOrganisation();
  await theRecord(org.ctx, ...cleanTasks(2));
  await projectAll(org.clock);
  const moved = aTask('t#1')
    .at(STORY_START + 20 * DAY_MS)
    .classifiedAs('docs');
  await theRecord(
    org.ctx,
    moved.events.map((event) => ({ ...event, id: 'moved-1' })),
  );
  await projectAll(org.clock);
  expect(await laneOf(org)).toMatchObject({ decidedCount: 1, maturedCount: 1 });
  expect(await laneOf(org, { team: 'payments', category: 'docs' })).toMatchObject({ decidedCount: 1 });
  const second = aTask('t#2')
    .at(STORY_START + 20 * DAY_MS)
    .classifiedAs('docs');
  await theRecord(
    org.ctx,
    second.events.map((event) => ({ ...event, id: 'moved-2' })),
  );
  await projectAll(org.clock);
  const rows = await projectionRows(org.orgId);
  expect(rows.lane).toMatchObject([
    { team: 'payments', category: 'docs', decided_count: 2, matured_count: 2 },
  ]);
  expect(rows.lane_week.every(({ category }) => category === 'docs')).toBe(true);
  expect(await dueOf(org)).toEqual([]);
});

it('nobody’s evidence changes another lane, or another organisation', async () => {
  const [org, other] = [await anOrganisation(), await anOrganisation({ name: 'Other' })];
  await theRecord(org.ctx, ...cleanTasks(30));
  await theRecord(other.ctx, ...cleanTasks(30));
  await projectAll(org.clock);
  const [lanesBefore, othersBefore] = [await laneOf(org), await projectionRows(other.orgId)];
  const bad = aTask('bad').openedBy('codex', { team: 'Search', category: 'docs' }).approvedBy('ana').merged();
  const incident = anIncident()
    .at(STORY_START + 30 * DAY_MS)
    .opened('SEV1')
    .linkedTo('bad', 'confirmed', { by: 'lena' });
  await theRecord(org.ctx, bad, incident, bad.reverted('ana').events.slice(-1));
  await projectAll(org.clock);
  expect((await projectionRows(org.orgId)).charge).toHaveLength(2);
  expect(await laneOf(org)).toEqual(lanesBefore);
  expect(await projectionRows(other.orgId)).toEqual(othersBefore);
});

it('an incident that is confirmed after the task has matured takes its evidence back', async () => {
  const org = await anOrganisation();
  await theRecord(org.ctx, ...cleanTasks(21));
  await projectAll(org.clock);
  expect(await laneOf(org)).toMatchObject({ verdict: 'promote', maturedCount: 21, gear: 'crawl' });
  const incident = anIncident('pd:1')
    .at(STORY_START + 40 * DAY_MS)
    .opened('SEV3')
    .linkedTo('t#3');
  await theRecord(org.ctx, incident);
  await projectAll(org.clock);
  expect(await laneOf(org), 'a suggestion charges nothing').toMatchObject({ verdict: 'promote' });
  const confirmed = incident.after({ days: 1 }).linkedTo('t#3', 'confirmed', { by: 'lena' });
  await theRecord(org.ctx, confirmed.events.slice(-1));
  await projectAll(org.clock);
  expect(await laneOf(org)).toMatchObject({ verdict: 'hold', maturedCount: 21, pendingCount: 0 });
  const { recommendation, task } = await projectionRows(org.orgId);
  expect(recommendation).toMatchObject([
    {
      status: 'withdrawn',
      to_gear: 'walk',
      closed_at: new Date(STORY_START + 41 * DAY_MS + 600_000).toISOString().replace('.000Z', '+00:00'),
    },
  ]);
  expect(task.find(({ ref }) => ref === 't#3')).toMatchObject({ outcome: 'approved_unchanged', score: 0 });
  const rejected = confirmed.after({ days: 1 }).linkedTo('t#3', 'rejected', { by: 'lena' });
  await theRecord(org.ctx, rejected.events.slice(-1));
  await projectAll(org.clock);
  expect(await laneOf(org), 'the link was wrong: as if it had never been').toMatchObject({
    verdict: 'promote',
  });
});

it('evidence older than all that was taken in is put in its place, and what it proves or disproves follows', async () => {
  const org = await anOrganisation();
  await theRecord(org.ctx, ...cleanTasks(25, STORY_START + DAY_MS), [
    aDecision(lane, STORY_START + 20 * DAY_MS, 'walk'),
  ]);
  await projectAll(org.clock);
  expect(await laneOf(org)).toMatchObject({ gear: 'walk', decidedCount: 25 });
  const rejected = Array.from({ length: 10 }, (_, index) =>
    aTask(`old#${index}`)
      .at(STORY_START + index * 60_000)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .closed({ by: 'ana' }),
  );
  await theRecord(org.ctx, ...rejected);
  await projectAll(org.clock);
  expect(await laneOf(org)).toMatchObject({ gear: 'crawl', decidedCount: 35, lastMoveKind: 'voided' });
  const { gear_move: moves } = await projectionRows(org.orgId);
  expect(moves).toMatchObject([{ kind: 'voided', people: ['lena'], from_gear: 'crawl', to_gear: 'crawl' }]);
});

it('a recommendation that was open at the snapshot is open again when what closed it later proves wrong', async () => {
  const clock = aClock(STORY_START + 13 * DAY_MS + 14 * DAY_MS);
  const org = await anOrganisation({ clock });
  await theRecord(org.ctx, ...cleanTasks(640, STORY_START, 1, HOUR_MS + 1));
  const open = { status: 'open', to_gear: 'walk', closed_at: null };
  await projectAll(clock);
  const before = await projectionRows(org.orgId);
  expect(before.lane_snapshot).toHaveLength(2);
  expect(before.recommendation).toMatchObject([open]);
  const incident = anIncident('pd:1')
    .at(clock.now().getTime() - HOUR_MS)
    .opened('SEV3')
    .linkedTo('t#630', 'confirmed', { by: 'lena' });
  await theRecord(org.ctx, incident);
  await projectAll(clock);
  expect((await projectionRows(org.orgId)).recommendation).toMatchObject([
    { ...open, status: 'withdrawn', closed_at: expect.any(String) },
  ]);
  const rejected = incident.linkedTo('t#630', 'rejected', { by: 'lena' });
  await theRecord(org.ctx, rejected.events.slice(-1));
  await projectAll(clock);
  expect((await projectionRows(org.orgId)).recommendation).toEqual(before.recommendation);
});

it('a lane is due when its next task matures, and no longer once all have', async () => {
  const clock = aClock(STORY_START + DAY_MS);
  const org = await anOrganisation({ clock });
  await theRecord(org.ctx, ...cleanTasks(20));
  await projectAll(clock);
  const matures = (number: number) => STORY_START + (number - 1) * HOUR_MS + 20 * 60_000 + 14 * DAY_MS;
  expect(await dueOf(org)).toMatchObject([{ ...lane, dueAt: new Date(matures(1)), dirtyFrom: null }]);
  expect(await laneOf(org)).toMatchObject({
    verdict: 'insufficient_evidence',
    maturedCount: 0,
    pendingCount: 20,
  });
  clock.moveTo(matures(20) - 1);
  await projectAll(clock);
  expect(await laneOf(org)).toMatchObject({ verdict: 'hold', maturedCount: 19, pendingCount: 1 });
  expect(await dueOf(org)).toMatchObject([{ dueAt: new Date(matures(20)) }]);
  clock.moveTo(matures(20));
  expect(await projectAll(clock)).toEqual({ work: 0, lanes: 1 });
  expect(await laneOf(org)).toMatchObject({ verdict: 'promote', maturedCount: 20, pendingCount: 0 });
  expect(await dueOf(org)).toEqual([]);
  const { recommendation } = await projectionRows(org.orgId);
  expect(recommendation).toMatchObject([{ status: 'open', to_gear: 'walk' }]);
});

/** Waits until a connection of the app waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await database.asOwner(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What another process has done by the time it commits: the task counts in search/docs, and that lane is advanced. */
const COUNTED_ELSEWHERE = `INSERT INTO observation
  SELECT org_id, ref, 'search', 'docs', '2026-01-05T10:00:00Z', 'approved_unchanged', 1, true, true, false FROM task`;

it('a task that another process moves while we wait for it is compared with where it stands by then', async () => {
  const org = await anOrganisation();
  const [story] = cleanTasks(1);
  await theRecord(org.ctx, story?.events.slice(0, 1) ?? []);
  await projectAll(org.clock);
  const other = await connect(database.url);
  await other.query(
    `BEGIN; SET LOCAL app.org = '${org.orgId}'; SELECT FROM task WHERE org_id = '${org.orgId}' FOR UPDATE`,
  );
  await other.query(`${COUNTED_ELSEWHERE} WHERE org_id = '${org.orgId}'`);
  await theRecord(org.ctx, story?.events.slice(1) ?? []);
  const projected = projectTasks(org.clock);
  await untilSomebodyWaits();
  await other.query('COMMIT');
  await other.end();
  await projected;
  expect((await projectionRows(org.orgId)).observation).toMatchObject([lane]);
  expect(await dueOf(org)).toMatchObject([lane, { team: 'search', category: 'docs' }]);
});

it('a task that another process makes while we fold it is compared with what that one made of it', async () => {
  const org = await anOrganisation();
  await theRecord(org.ctx, ...cleanTasks(1));
  const other = await connect(database.url);
  await other.query(`BEGIN; SET LOCAL app.org = '${org.orgId}'`);
  await other.query(
    `INSERT INTO task (org_id, ref, title, team, category, category_reason, state, last_event_at, outcome_reason)
     VALUES ('${org.orgId}', 't#1', '', 'search', 'docs', '', 'merged', '2026-01-05T10:00:00Z', '')`,
  );
  await other.query(`${COUNTED_ELSEWHERE} WHERE org_id = '${org.orgId}'`);
  const projected = projectTasks(org.clock);
  await untilSomebodyWaits();
  await other.query('COMMIT');
  await other.end();
  await projected;
  expect((await projectionRows(org.orgId)).observation).toMatchObject([lane]);
  expect(await dueOf(org)).toMatchObject([lane, { team: 'search', category: 'docs' }]);
});

it('evidence that cannot be folded holds up nothing, not even what came in the same request', async () => {
  const org = await anOrganisation();
  // Too long for the index of reviews; nothing that goes through the door is.
  const long = (seed: string) =>
    Array.from({ length: 499 }, (_, place) =>
      String.fromCodePoint(0x4e00 + ((place * 7919 + seed.length * 104729) % 20000)),
    ).join('');
  const poison = aTask(`${long('a')}!`)
    .openedBy('codex')
    .approvedBy('ana', { ref: long('bc') });
  await theRecord(org.ctx, ...cleanTasks(20), poison, ...cleanTasks(20, STORY_START, 30));
  await projectAll(org.clock);
  const { task, lane: lanes } = await projectionRows(org.orgId);
  expect(task).toHaveLength(40);
  expect(lanes).toMatchObject([{ ...lane, decided_count: 40 }]);
  const parked = await inOrg(org.orgId, (tx) => tx.projectionWork.findMany({ where: { orgId: org.orgId } }));
  expect(parked).toMatchObject([
    { taskRefs: [poison.ref], parkedUntil: new Date(org.clock.now().getTime() + 60_000) },
  ]);
  await inOrg(org.orgId, (tx) => tx.projectionWork.deleteMany({ where: { orgId: org.orgId } }));
});
