import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { keepDueReports } from './background';
import { getReportSettings } from './data/settings';
import { followOrganisation, scheduleReports, sendTestReport } from './mutations/settings';
import { scheduleSchema } from './schema';

aTestDatabase();

/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 16);
const aSchedule = (changes: object = {}) =>
  scheduleSchema.parse({
    team: '',
    weekday: '2',
    time: '09:30',
    zone: 'Europe/Berlin',
    isSent: false,
    ...changes,
  });

let mailbox: Mailbox;
let org: TestOrganisation;
let clock: HandClock;
beforeAll(async () => {
  mailbox = await aMailbox();
});
afterAll(() => mailbox.close());
beforeEach(async () => {
  adoptEnv({
    SMTP_URL: mailbox.url,
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  });
  clock = aClock(MONDAY);
  org = await anOrganisation({ clock });
});

it('the next report is due by the new clocks, and the audit log has what was before', async () => {
  await scheduleReports(org.owner, aSchedule());
  await scheduleReports(org.owner, aSchedule({ weekday: '3' }));
  clock.moveTo(Date.UTC(2026, 10, 25, 8, 29));
  await keepDueReports(clock);
  expect(await inOrg(org.orgId, (tx) => tx.report.count())).toBe(0);
  clock.moveOn({ minutes: 1 });
  await keepDueReports(clock);
  expect(await inOrg(org.orgId, (tx) => tx.report.findMany({ select: { week: true, zone: true } }))).toEqual([
    { week: '2026-W47', zone: 'Europe/Berlin' },
  ]);
  const entries = await inOrg(org.orgId, (tx) =>
    tx.audit.findMany({ where: { act: 'report.scheduled' }, orderBy: { seq: 'asc' } }),
  );
  expect(entries).toMatchObject([
    { before: null },
    { before: { weekday: 2 }, after: { weekday: 3, hour: 9, minute: 30 } },
  ]);
});

it('a team with a time of its own follows the organisation again, once it is told to', async () => {
  await inOrg(org.orgId, (tx) =>
    tx.team.create({
      data: { orgId: org.orgId, slug: 'payments', name: 'Payments', createdAt: clock.now() },
    }),
  );
  const lead = await org.person('Lena', 'lead', 'payments');
  const other = await org.person('Liam', 'lead', 'search');
  await scheduleReports(lead, aSchedule({ team: 'payments' }));
  await expect(followOrganisation(other, { team: 'payments' })).rejects.toMatchObject({ code: 'forbidden' });
  await followOrganisation(lead, { team: 'payments' });
  await followOrganisation(lead, { team: 'payments' });
  expect((await getReportSettings(org.orgId)).schedules.map(({ team }) => team)).toEqual([null]);
  const { dueAt } = await inOrg(org.orgId, (tx) =>
    tx.reportDue.findUniqueOrThrow({ where: { orgId: org.orgId } }),
  );
  expect(dueAt).toEqual(clock.now());
  const entries = await inOrg(org.orgId, (tx) => tx.audit.findMany({ where: { act: 'report.unscheduled' } }));
  expect(entries).toMatchObject([{ target: 'team:payments', before: { weekday: 2, zone: 'Europe/Berlin' } }]);
});

it('a time zone is saved as it is spelled', () => {
  expect(aSchedule({ zone: 'europe/berlin' })).toMatchObject({ zone: 'Europe/Berlin' });
});

it.each([
  ['zone', { zone: 'Mars/Olympus' }],
  ['zone', { zone: '+02:00' }],
  ['zone', { zone: 'EST5EDT' }],
  ['time', { time: '24:00' }],
  ['weekday', { weekday: '0' }],
])('a %s that there is not is refused at its field', (field, changes) => {
  const parsed = scheduleSchema.safeParse({
    team: '',
    weekday: '1',
    time: '08:00',
    zone: 'UTC',
    isSent: false,
    ...changes,
  });
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
});

it('a member sets nothing, a team’s lead only what is theirs, and nobody has mails sent without a mail server', async () => {
  const member = await org.person('Mia', 'member');
  await expect(scheduleReports(member, aSchedule())).rejects.toMatchObject({ code: 'forbidden' });
  await expect(scheduleReports(org.owner, aSchedule({ team: 'nowhere' }))).rejects.toMatchObject({
    fields: { team: ['There is no such team.'] },
  });
  adoptEnv({ SMTP_URL: '' });
  await expect(scheduleReports(org.owner, aSchedule({ isSent: true }))).rejects.toMatchObject({
    code: 'invalid',
    fields: { isSent: [expect.stringContaining('SMTP_URL')] },
  });
});

it('one is sent a test before anybody else gets anything', async () => {
  await expect(sendTestReport(org.owner)).rejects.toMatchObject({
    message: expect.stringContaining('no address of yours'),
  });
  const email = `olga-${newId()}@acme.example`;
  await inOrg(org.orgId, (tx) => tx.person.updateMany({ where: { orgId: org.orgId }, data: { email } }));
  await expect(sendTestReport(org.owner)).rejects.toMatchObject({
    message: expect.stringContaining('once a week is over'),
  });
  clock.moveOn({ days: 8 });
  await keepDueReports(clock);
  expect(await sendTestReport(org.owner)).toBe(email);
  expect(mailbox.mails.filter(({ to }) => to === email)[0]?.text).toContain('Subject: Test: 2026-W47');
});

it('whoever leads one team is sent the report of that team, as they will get it', async () => {
  await inOrg(org.orgId, (tx) =>
    tx.team.create({
      data: { orgId: org.orgId, slug: 'payments', name: 'Payments', createdAt: new Date(MONDAY) },
    }),
  );
  const lena = await org.person('Lena', 'lead', 'payments');
  const email = `lena-${newId()}@acme.example`;
  await inOrg(org.orgId, (tx) =>
    tx.person.update({
      where: { orgId_id: { orgId: org.orgId, id: lena.actor.personId } },
      data: { email },
    }),
  );
  clock.moveOn({ days: 8 });
  await keepDueReports(clock);
  expect(await sendTestReport(lena)).toBe(email);
  const [mail] = mailbox.mails.filter(({ to }) => to === email);
  expect(mail?.text).toContain('Subject: Test: 2026-W47: Payments');
});
