import { expect, it } from 'vitest';
import type { ReportContent } from '@/lib/domain/report/content';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { inOrg } from '@/lib/platform/db';
import { projectAll } from '@/lib/projection/projector';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { keepDueReports } from './background';
import { getReportPage } from './data/reports';

aTestDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 16);

const reportsOf = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) => tx.report.findMany({ where: { orgId }, orderBy: [{ week: 'asc' }, { team: 'asc' }] }));

/** Twenty clean tasks that matured before the week, and some that were decided in it. */
async function aTeamAtWork() {
  const clock = aClock(MONDAY);
  const org = await anOrganisation({ clock });
  const task = (name: string, at: number, team = 'Payments') =>
    aTask(name).at(at).openedBy('codex', { team, category: 'tests' });
  const matured = Array.from({ length: 20 }, (_, n) =>
    task(`old#${n}`, MONDAY - 30 * DAY + n * HOUR)
      .approvedBy('ana')
      .merged('ana'),
  );
  const first = task('other#1', MONDAY - DAY, 'Search')
    .approvedBy('ana')
    .merged('ana');
  await theRecord(org.ctx, ...matured, first);
  await projectAll(clock);
  await theRecord(
    org.ctx,
    task('new#1', MONDAY + DAY)
      .approvedBy('ana')
      .merged('ana'),
    task('new#2', MONDAY + 2 * DAY).merged('ana'),
    task('late#1', MONDAY + 8 * DAY)
      .approvedBy('ana')
      .merged('ana'),
    task('other#1', MONDAY + DAY, 'Search')
      .approvedBy('ana')
      .merged('ana'),
    anIncident('i#1')
      .at(MONDAY + 3 * DAY)
      .opened('SEV3', { team: 'Payments' }),
  );
  clock.moveOn({ days: 9 });
  await projectAll(clock);
  return { org, clock };
}

it('a week is frozen once it is over and its hour has come: of each team, and of the organisation', async () => {
  const { org, clock } = await aTeamAtWork();
  expect(await keepDueReports(clock)).toBe(1);
  const frozen = await reportsOf(org);
  expect(frozen.map(({ week, team }) => [week, team])).toEqual([
    ['2026-W47', ''],
    ['2026-W47', 'payments'],
    ['2026-W47', 'search'],
  ]);
  const content = frozen[1]?.content as unknown as ReportContent;
  expect(content).toMatchObject({
    answer: 'Payments: 0 of 1 lane run, 0 walk. No gear changed this week; Tests waits for a decision.',
    lanes: [
      { gear: 'crawl', proven: 0.8, counted: 20, maturing: 1, week: { decided: 2, reviewed: 1, merged: 2 } },
    ],
    waiting: [{ to: 'walk', approvals: [] }],
    adoption: { decided: 2, withoutAgent: 0, review: null },
    incidents: [{ ref: 'i#1', resolvedAt: null, chargedTasks: 0 }],
  });
  await keepDueReports(clock);
  clock.moveOn({ days: 7 });
  await keepDueReports(clock);
  expect((await reportsOf(org)).map(({ week }) => week)).toEqual([
    ...Array<string>(3).fill('2026-W47'),
    ...Array<string>(3).fill('2026-W48'),
  ]);
});

it('a report whose hour comes while others are being frozen is frozen at the next look, not a week later', async () => {
  const { org, clock } = await aTeamAtWork();
  const { orgId } = org;
  await keepDueReports(clock);
  const weekly = { orgId, weekday: 1, hour: 8, zone: 'UTC', isSent: false };
  await inOrg(orgId, (tx) =>
    tx.reportSchedule.createMany({
      data: [
        { ...weekly, team: '', minute: 0 },
        { ...weekly, team: 'search', minute: 2 },
      ],
    }),
  );
  // Each look at it is half a minute later.
  let asked = 0;
  const ticking = {
    now: () => {
      asked += 1;
      return new Date(MONDAY + 14 * DAY + 8 * HOUR + asked * 30_000);
    },
  };
  const frozen = async () =>
    (await reportsOf(org)).flatMap(({ week, team }) => (week === '2026-W48' ? [team] : []));
  await keepDueReports(ticking);
  expect(await frozen()).toEqual(['', 'payments']);
  await keepDueReports(ticking);
  expect(await frozen()).toEqual(['', 'payments', 'search']);
});

it('what comes in later changes nothing in it, and is told beside it', async () => {
  const { org, clock } = await aTeamAtWork();
  await keepDueReports(clock);
  const before = await reportsOf(org);
  expect((await getReportPage(org.orgId, '2026-W47', 'payments'))?.since).toEqual([]);
  clock.moveOn({ days: 1 });
  const late = aTask('late#2')
    .at(MONDAY + DAY)
    .openedBy('codex', { team: 'Payments', category: 'tests' });
  await theRecord(org.ctx, late.approvedBy('ana').merged('ana'));
  await projectAll(clock);
  expect(await reportsOf(org)).toEqual(before);
  expect((await getReportPage(org.orgId, '2026-W47', 'payments'))?.since).toEqual([
    'By now this week counts 3 decided tasks of agents, where the report has 2; 2 independently reviewed ones, where the report has 1; 3 merged ones, where the report has 2.',
  ]);
  expect((await getReportPage(org.orgId, '2026-W47', 'search'))?.since).toEqual([]);
  expect((await getReportPage(org.orgId, '2026-W47', ''))?.since).toEqual([
    expect.stringMatching(/^By now this week counts \d decided tasks of agents, where the report has \d;/),
  ]);
});

it('the audit log has the hash of each', async () => {
  const { org, clock } = await aTeamAtWork();
  await keepDueReports(clock);
  const entries = await inOrg(org.orgId, (tx) =>
    tx.audit.findMany({ where: { act: 'report.frozen' }, orderBy: { target: 'asc' } }),
  );
  expect(entries.map(({ target, after }) => [target, after])).toEqual(
    (await reportsOf(org)).map(({ week, team, hash }) => [
      team === '' ? `report:${week}` : `report:${week}/${team}`,
      { hash },
    ]),
  );
});
