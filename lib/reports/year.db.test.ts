import { afterAll, beforeAll, expect, it } from 'vitest';
import { addWeeks, dueAt, type IsoWeek, latestDue, weekAt } from '@/lib/domain/report/iso-week';
import { DEFAULT_SCHEDULE } from '@/lib/domain/report/plan';
import { aTask } from '@/lib/domain/testing/builders';
import { seededRandom } from '@/lib/domain/trust/testing';
import { sendDueDeliveries } from '@/lib/outbox/background';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { projectAll } from '@/lib/projection/projector';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { keepDueReports } from './background';

aTestDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.UTC(2026, 0, 7);

/** By teams: of the organisation (''), on the default; in the gap of spring and the repeated hour of autumn; west of UTC; on a Sunday. */
const SCHEDULES = {
  '': DEFAULT_SCHEDULE,
  berlin: { weekday: 7, hour: 2, minute: 30, zone: 'Europe/Berlin' },
  denver: { weekday: 1, hour: 6, minute: 0, zone: 'America/Denver' },
} as const;

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await aMailbox();
  adoptEnv({
    SMTP_URL: mailbox.url,
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  });
});
afterAll(() => mailbox.close());

const messageIds = () =>
  mailbox.mails.map(({ text }) => /^Message-ID:\s*<([^>]+)>/im.exec(text)?.[1] ?? 'none');

it('a year of weeks: three processes, clocks that jump and change, and mail that fails', {
  timeout: 240_000,
}, async () => {
  const random = seededRandom(52);
  const clock = aClock(BEGIN);
  const org = await anOrganisation({ clock });
  const { orgId } = org;
  const told = ['Berlin', 'Denver'].map((team) =>
    aTask(`${team}#1`)
      .at(BEGIN - DAY)
      .openedBy('codex', { team, category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  await theRecord(org.ctx, ...told);
  await projectAll(clock);
  const lead = await org.person('Lena', 'admin');
  await inOrg(orgId, async (tx) => {
    for (const [team, schedule] of Object.entries(SCHEDULES))
      await tx.reportSchedule.create({ data: { orgId, team, ...schedule, isSent: true } });
    const people = await tx.person.findMany({ where: { orgId } });
    for (const [n, { id }] of people.entries())
      await tx.person.update({
        where: { orgId_id: { orgId, id } },
        data: { email: `person-${n}@acme.example` },
      });
    for (const team of ['berlin', 'denver'])
      await tx.mailChoice.create({
        data: { orgId, personId: lead.actor.personId, kind: 'report', team, wants: true },
      });
  });

  const process = async () => {
    // One that is killed in between has frozen and not sent, or leaves the rest to the next look.
    if (random() < 0.8) await keepDueReports(clock);
    if (random() < 0.7) await sendDueDeliveries(clock);
  };
  const end = BEGIN + 371 * DAY;
  let furthest = BEGIN;
  for (let now = BEGIN; now < end; ) {
    const luck = random();
    const step = luck < 0.03 ? 23 * DAY : luck < 0.06 ? -9 * DAY : Math.floor(random() * 110) * HOUR;
    now = Math.max(BEGIN, now + step);
    furthest = Math.max(furthest, now);
    clock.moveTo(now);
    mailbox.answer(() => (random() < 0.15 ? { code: 451, message: 'Not now' } : null));
    await Promise.all([process(), process(), process()]);
  }
  mailbox.answer(() => null);
  for (let round = 0; round < 4; round += 1) {
    clock.moveTo(Math.max(furthest, end) + round * DAY);
    await keepDueReports(clock);
    await sendDueDeliveries(clock);
  }

  const expected = Object.entries(SCHEDULES).flatMap(([team, schedule]) => {
    const weeks: string[] = [];
    const last = latestDue(clock.now().getTime(), schedule);
    for (let week: IsoWeek = weekAt(BEGIN, schedule.zone); week <= last; week = addWeeks(week, 1))
      weeks.push(`${week} ${team}`);
    return weeks;
  });
  const { reports, deliveries } = await inOrg(orgId, async (tx) => ({
    reports: await tx.report.findMany({ where: { orgId } }),
    deliveries: await tx.delivery.findMany({ where: { orgId } }),
  }));
  expect(expected.length).toBeGreaterThan(3 * 52);
  expect(reports.map(({ week, team }) => `${week} ${team}`).sort()).toEqual(expected.sort());
  for (const { week, team, frozenAt } of reports) {
    const schedule = SCHEDULES[team as keyof typeof SCHEDULES];
    expect(frozenAt.getTime(), `${week} ${team}`).toBeGreaterThanOrEqual(dueAt(week as IsoWeek, schedule));
  }
  // The organisation's goes to its owner and its admin, those of the teams to the admin, who asked for them.
  const readers = expected.reduce((sum, name) => sum + (name.endsWith(' ') ? 2 : 1), 0);
  expect(deliveries.filter(({ status }) => status === 'sent')).toHaveLength(readers);
  expect(deliveries).toHaveLength(readers);
  const ids = messageIds();
  expect(new Set(ids).size).toBe(readers);
  expect(ids).toHaveLength(readers);
});
