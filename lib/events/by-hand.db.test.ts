import { describe, expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { recordIncident } from '@/lib/incidents/mutations';
import { recordIncidentSchema } from '@/lib/incidents/schema';
import { inOrg } from '@/lib/platform/db';
import { projectAll } from '@/lib/projection/projector';
import { getTask } from '@/lib/tasks/data/task';
import { classifyTask, recordReview, recordTask } from '@/lib/tasks/mutations';
import { recordReviewSchema, recordTaskSchema } from '@/lib/tasks/schema';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';

aTestDatabase();

const aForm = (changes: Record<string, string> = {}) =>
  recordTaskSchema.parse({
    title: 'Theirs',
    ref: 't#1',
    state: 'merged',
    team: 'Search',
    category: '',
    agent: 'codex',
    requester: '',
    url: '',
    ...changes,
  });
const incidentForm = (changes: Record<string, string> = {}) =>
  recordIncidentSchema.parse({
    title: 'Down',
    ref: 'i#1',
    severity: 'SEV3',
    team: '',
    task: '',
    url: '',
    ...changes,
  });
const reviewForm = (task: string, at = '') =>
  recordReviewSchema.parse({ task, reviewer: 'ana', verdict: 'approved', headSha: '', at });

const eventCount = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) => tx.event.count({ where: { orgId } }));

async function withOneTask(): Promise<TestOrganisation> {
  const org = await anOrganisation();
  await theRecord(org.ctx, aTask('t#1').openedBy('codex', { title: 'Ours', team: 'Payments' }));
  await projectAll(org.clock);
  return org;
}

describe('a reference that is taken', () => {
  it('is refused, names the task that has it, and records nothing', async () => {
    const org = await withOneTask();
    await expect(recordTask(org.owner, aForm())).rejects.toMatchObject({
      code: 'conflict',
      fields: { ref: ['“Ours” of Payments has this reference already.'] },
    });
    expect(await eventCount(org)).toBe(1);
  });

  it('is refused also while what took it is not folded yet, and of two who type it at once one is told', async () => {
    const org = await anOrganisation();
    const both = await Promise.allSettled([recordTask(org.owner, aForm()), recordTask(org.owner, aForm())]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(recordTask(org.owner, aForm())).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is changed when the person says that they mean that task', async () => {
    const org = await withOneTask();
    await recordTask(org.owner, aForm({ change: 'on', title: 'Ours, merged' }));
    await projectAll(org.clock);
    const { task } = await projectionRows(org.orgId);
    expect(task).toMatchObject([{ ref: 't#1', title: 'Ours, merged', team: 'payments', state: 'merged' }]);
  });

  it('is refused for an incident, too', async () => {
    const org = await anOrganisation();
    await recordIncident(org.owner, incidentForm());
    await projectAll(org.clock);
    await expect(recordIncident(org.owner, incidentForm({ severity: 'SEV1' }))).rejects.toMatchObject({
      code: 'conflict',
      fields: { ref: ['“Down” has this reference already.'] },
    });
    expect(await eventCount(org)).toBe(1);
  });
});

describe('a task that nobody knows', () => {
  it('gets neither a review nor an incident', async () => {
    const org = await anOrganisation();
    const unknown = { fields: { task: ['No task with this reference is known yet.'] } };
    await expect(recordReview(org.owner, reviewForm('t#9'))).rejects.toMatchObject(unknown);
    await expect(recordIncident(org.owner, incidentForm({ task: 't#9' }))).rejects.toMatchObject(unknown);
    expect(await eventCount(org)).toBe(0);
    await recordTask(org.owner, aForm({ ref: 't#9' }));
    await recordReview(org.owner, reviewForm('t#9'));
  });
});

it('a day that has not come yet is refused at its field', async () => {
  const org = await anOrganisation();
  const day = (after: number) =>
    new Date(org.clock.now().getTime() + after * 86_400_000).toISOString().slice(0, 10);
  await expect(recordTask(org.owner, aForm({ openedOn: day(1) }))).rejects.toMatchObject({
    code: 'invalid',
    fields: { openedOn: ['This day has not come yet (UTC).'] },
  });
  await expect(recordTask(org.owner, aForm({ openedOn: day(0), decidedOn: day(3) }))).rejects.toMatchObject({
    fields: { decidedOn: ['This day has not come yet (UTC).'] },
  });
  expect(await eventCount(org)).toBe(0);
});

describe('a time that is said', () => {
  const minutesAgo = ({ clock }: TestOrganisation, count: number) =>
    new Date(clock.now().getTime() - count * 60_000).toISOString().slice(0, 16);

  async function withAMergedTask(): Promise<TestOrganisation> {
    const org = await anOrganisation();
    const opened = aTask('t#1')
      .at(org.clock.now().getTime() - 60 * 60_000)
      .openedBy('codex', { team: 'Payments' });
    await theRecord(org.ctx, opened.after({ minutes: 30 }).merged('ben'));
    await projectAll(org.clock);
    return org;
  }

  async function review(org: TestOrganisation, at: string) {
    const { tell } = await recordReview(org.owner, reviewForm('t#1', at));
    await projectAll(org.clock);
    return { said: await tell(), page: await getTask(org.orgId, 't#1', org.clock.now()) };
  }

  it('lets a review of a merged task count when it was given before the merge', async () => {
    const org = await withAMergedTask();
    const { said, page } = await review(org, minutesAgo(org, 45));
    expect(said).toEqual({ message: 'Recorded the review of t#1.', isCaution: false });
    expect(page).toMatchObject({ outcome: 'approved_unchanged', reviews: [{ late: null }] });
  });

  it.each([
    ['now', ''],
    ['said', '20'],
  ])('tells when a review (%s) came after the merge', async (_, ago) => {
    const org = await withAMergedTask();
    const { said, page } = await review(org, ago && minutesAgo(org, Number(ago)));
    const late = 'It came after the merge, so it does not count as the review of this task.';
    expect(said).toEqual({ message: `Recorded the review of t#1. ${late}`, isCaution: true });
    expect(page).toMatchObject({ outcome: 'unreviewed', reviews: [{ late }] });
  });

  it('is when an incident began', async () => {
    const org = await withAMergedTask();
    const at = minutesAgo(org, 90);
    await recordIncident(org.owner, incidentForm({ task: 't#1', at }));
    await projectAll(org.clock);
    const { incident } = await projectionRows(org.orgId);
    expect(incident).toMatchObject([{ opened_at: `${at}:00+00:00` }]);
  });

  it('is refused when it has not come yet, lies before this century, or is none', async () => {
    const org = await withAMergedTask();
    const tomorrow = minutesAgo(org, -1440);
    const refused = { code: 'invalid', fields: { at: ['This time has not come yet (UTC).'] } };
    await expect(recordReview(org.owner, reviewForm('t#1', tomorrow))).rejects.toMatchObject(refused);
    await expect(recordIncident(org.owner, incidentForm({ at: tomorrow }))).rejects.toMatchObject(refused);
    expect(() => reviewForm('t#1', '1999-12-31T23:59')).toThrow('Give a day of this century.');
    expect(() => incidentForm({ at: '2026-02-30T10:00' })).toThrow('Give a date and a time.');
  });
});

it.each(['claude-code', 'Renovate[bot]', 'our-own-agent'])(
  'a review by %s is refused at its field: it is no person',
  async (reviewer) => {
    const org = await anOrganisation();
    await theRecord(org.ctx, aTask('t#1').openedBy('our-own-agent', { team: 'Payments' }));
    await projectAll(org.clock);
    const refused = { code: 'invalid', fields: { reviewer: [expect.stringContaining('agent or a bot')] } };
    await expect(recordTask(org.owner, aForm({ ref: 't#2', reviewer }))).rejects.toMatchObject(refused);
    await expect(recordReview(org.owner, { ...reviewForm('t#1'), reviewer })).rejects.toMatchObject(refused);
    expect(await eventCount(org)).toBe(1);
  },
);

it('what an open task cannot have is refused, not dropped', () => {
  expect(() => aForm({ state: 'open', decidedOn: '2026-11-10' })).toThrow('An open task is not decided yet');
  expect(() => aForm({ openedOn: '1999-01-01' })).toThrow('Give a day of this century.');
});

it('what a person records by hand is an entry of the audit log, with the events that it became', async () => {
  const org = await anOrganisation();
  await recordTask(org.owner, aForm());
  await recordIncident(org.owner, incidentForm({ task: 't#1' }));
  const entries = await inOrg(org.orgId, (tx) =>
    tx.audit.findMany({ where: { act: 'evidence.recorded' }, orderBy: { seq: 'asc' } }),
  );
  expect(entries.map(({ target }) => target)).toEqual(['task:t#1', 'incident:i#1']);
  expect(entries[1]?.after).toMatchObject({
    source: 'gait:by-hand',
    events: [{ type: 'dev.gait.incident.opened.v1' }, { type: 'dev.gait.incident.linked.v1' }],
  });
});

describe('somebody with a role in one team', () => {
  const task = (ref: string, team: string) => aForm({ ref, team, state: 'open' });

  it('records for that team, and for no other', async () => {
    const org = await anOrganisation();
    await theRecord(org.ctx, aTask('search#1').openedBy('codex', { team: 'Search' }));
    await projectAll(org.clock);
    const mia = await org.person('Mia', 'member', 'payments');
    await recordTask(mia, task('payments#1', 'Payments'));
    const refused = {
      code: 'forbidden',
      message:
        'Only owners, admins, leads, and members (or those of the team) record evidence by hand. Ask Olga Owner.',
    };
    await expect(recordTask(mia, task('search#2', 'Search'))).rejects.toMatchObject(refused);
    await expect(
      recordReview(
        mia,
        recordReviewSchema.parse({ task: 'search#1', reviewer: 'ben', verdict: 'approved', headSha: '' }),
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      classifyTask(mia, { task: 'search#1', category: 'docs', reason: 'It is.' }),
    ).rejects.toMatchObject(refused);
    await expect(
      recordTask(mia, aForm({ ref: 'search#1', team: 'Payments', change: 'on' })),
    ).rejects.toMatchObject(refused);
  });
});
