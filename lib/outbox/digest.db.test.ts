import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { projectAll } from '@/lib/projection/projector';
import { keepDueReports } from '@/lib/reports/background';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { sendDueDeliveries } from './background';
import { chooseMail } from './mutations/choices';

aTestDatabase();

const DAY = 86_400_000;
/** A Tuesday, 07:00 in Berlin. */
const TUESDAY = Date.UTC(2026, 10, 17, 6);

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

let org: TestOrganisation;
let clock: HandClock;
let olga: string;

beforeEach(async () => {
  mailbox.forget();
  clock = aClock(TUESDAY);
  org = await anOrganisation({ clock });
  olga = `olga@${newId()}.example`;
  await inOrg(org.orgId, async (tx) => {
    await tx.person.updateMany({ where: { orgId: org.orgId }, data: { email: olga } });
    await tx.reportSchedule.create({
      data: {
        orgId: org.orgId,
        team: '',
        weekday: 1,
        hour: 8,
        minute: 0,
        zone: 'Europe/Berlin',
        isSent: true,
      },
    });
  });
});

/** A lane that has proven walk: a recommendation waits. */
async function aProvenLane(team: string): Promise<void> {
  const tasks = Array.from({ length: 20 }, (_, index) =>
    aTask(`${team}#${index}`)
      .at(TUESDAY - 30 * DAY + index * 60_000)
      .openedBy('codex', { team, category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  await theRecord(org.ctx, ...tasks);
  await projectAll(clock);
}

const work = async () => {
  await keepDueReports(clock);
  await sendDueDeliveries(clock);
};

const digests = () =>
  mailbox.mails.filter(
    ({ to, text }) => to === olga && text.includes('for a decision.') && text.includes('Decide in Gait'),
  );

it('comes to who asked for it, on working days, once, as long as something waits', async () => {
  await aProvenLane('Payments');
  await chooseMail(org.owner, { kind: 'digest', team: '', wants: true });
  await work();
  expect(digests(), 'not before its hour').toHaveLength(0);
  clock.moveOn({ hours: 1 });
  await work();
  await work();
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.text).toContain('Payments · Tests: crawl to walk; waited');
  for (let day = 0; day < 6; day += 1) {
    clock.moveOn({ days: 1 });
    await work();
  }
  expect(digests(), 'Wednesday, Thursday, Friday and Monday').toHaveLength(5);
});

it('comes to nobody who did not ask, and not where nothing waits', async () => {
  await aProvenLane('Payments');
  clock.moveOn({ hours: 1 });
  await work();
  expect(digests()).toHaveLength(0);
  await inOrg(org.orgId, (tx) => tx.recommendation.deleteMany({}));
  await chooseMail(org.owner, { kind: 'digest', team: '', wants: true });
  clock.moveOn({ days: 1 });
  await work();
  expect(await inOrg(org.orgId, (tx) => tx.delivery.count({ where: { kind: 'digest' } }))).toBe(0);
});

it('has what its reader may decide, and is dropped if nothing of it waits any more', async () => {
  await aProvenLane('Payments');
  await aProvenLane('Search');
  const lead = await org.person('Sara', 'lead', 'search');
  const sara = `sara@${newId()}.example`;
  await inOrg(org.orgId, (tx) =>
    tx.person.update({
      where: { orgId_id: { orgId: org.orgId, id: lead.actor.personId } },
      data: { email: sara },
    }),
  );
  await chooseMail(lead, { kind: 'digest', team: '', wants: true });
  clock.moveOn({ hours: 1 });
  await work();
  const [mail] = mailbox.mails.filter(({ to }) => to === sara);
  expect(mail?.text).toContain('1 recommendation waits for a decision');
  expect(mail?.text).toContain('Search · Tests');
  expect(mail?.text).not.toContain('Payments · Tests');
  clock.moveOn({ days: 1 });
  await keepDueReports(clock);
  await inOrg(org.orgId, (tx) => tx.recommendation.deleteMany({}));
  await sendDueDeliveries(clock);
  expect(
    await inOrg(org.orgId, (tx) => tx.delivery.findMany({ where: { kind: 'digest', status: 'dropped' } })),
  ).toMatchObject([{ key: '2026-11-18', error: 'Nothing waits any more.' }]);
});

it('that could not be written down in the morning is left out in the evening', async () => {
  await aProvenLane('Payments');
  await chooseMail(org.owner, { kind: 'digest', team: '', wants: true });
  clock.moveOn({ hours: 8 });
  await work();
  expect(digests()).toHaveLength(0);
});
