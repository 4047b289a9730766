import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { projectAll } from '@/lib/projection/projector';
import { keepDueReports } from '@/lib/reports/background';
import { reportOf } from '@/lib/reports/mutations/report-of';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { sendDueDeliveries } from './background';
import { unsubscribe } from './mutations/unsubscribe';

aTestDatabase();

const DAY = 86_400_000;
/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 16);

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
let olga: string;
let clock: HandClock;

beforeEach(async () => {
  mailbox.forget();
  olga = `olga-${newId()}@acme.example`;
  clock = aClock(MONDAY);
  org = await anOrganisation({ clock });
  await theRecord(
    org.ctx,
    aTask('t#1')
      .at(MONDAY - DAY)
      .openedBy('codex', { team: 'Pay & <b>Ments</b>', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  await projectAll(clock);
  await inOrg(org.orgId, async (tx) => {
    await tx.person.update({
      where: { orgId_id: { orgId: org.orgId, id: org.owner.actor.personId } },
      data: { email: olga },
    });
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
  clock.moveOn({ days: 7, hours: 8 });
});

/** The organisations of other tests get theirs, too. */
const mails = () => mailbox.mails.filter(({ to }) => to === olga);

const deliveries = () =>
  inOrg(org.orgId, (tx) =>
    tx.delivery.findMany({ where: { orgId: org.orgId }, orderBy: [{ key: 'asc' }, { team: 'asc' }] }),
  );

const work = async () => {
  await keepDueReports(clock);
  await sendDueDeliveries(clock);
};

it('the report comes to who leads, once, with a text, an HTML part and a way out of it', async () => {
  await work();
  await work();
  expect(mails()).toHaveLength(1);
  const [mail] = mails();
  expect(mail?.to).toBe(olga);
  // Long headers are folded.
  const text = mail?.text.replaceAll(/\r?\n[ \t]+/g, ' ') ?? '';
  expect(text).toContain(
    'Subject: 2026-W47: Acme: 0 of 1 lane run, 0 walk. No gear changed this week; nothing waits for a decision.',
  );
  expect(text).toMatch(/Message-ID: <report\.2026-W47\.organisation\.[0-9a-f-]{36}@gait\.acme\.example>/i);
  expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(text).toContain('WHAT TO DO NEXT');
  expect(text).toContain('Pay &amp; &lt;b&gt;Ments&lt;/b&gt;');
  expect(text, 'nothing is loaded or run').not.toMatch(/<script|src="(?!cid:)|@import|url\(/);
  expect(await deliveries()).toMatchObject([{ status: 'sent', attempts: 1, address: olga }]);
});

it('the mail brings the chart in its place, and the report as PDF', async () => {
  await work();
  const text = mails()[0]?.text ?? '';
  const part = (type: string) =>
    text.split(/^--[-\w.]+$/m).find((one) => one.includes(`Content-Type: ${type}`)) ?? '';
  expect(text).toMatch(/<img src="cid:chart@gait" alt="Lanes of 1 team by gear at the end of 2026-W47\./);
  const picture = part('image/png');
  expect(picture).toMatch(/Content-Id: <chart@gait>/i);
  expect(picture).toContain('Content-Disposition: inline');
  expect(picture, 'a PNG').toContain('\niVBORw0KGgo');
  const pdf = part('application/pdf');
  expect(pdf).toContain('Content-Disposition: attachment; filename=gait-2026-W47.pdf');
  expect(pdf, 'a PDF').toContain('\nJVBERi0');
});

it('a link in it ends the mails, and the report stays', async () => {
  await work();
  const [, of = ''] = /unsubscribe\?of=([\w.-]+)/.exec(mails()[0]?.text ?? '') ?? [];
  await unsubscribe(of, clock, 'r');
  await unsubscribe(of, clock, 'r');
  clock.moveOn({ days: 7 });
  await work();
  expect(mails()).toHaveLength(1);
  expect(await inOrg(org.orgId, (tx) => tx.report.count({ where: { team: '' } }))).toBe(2);
  await expect(unsubscribe(`${of.slice(0, -2)}xx`, clock, 'r')).rejects.toMatchObject({
    code: 'bad_request',
  });
  const audit = await inOrg(org.orgId, (tx) => tx.audit.findMany({ where: { act: 'mail.unsubscribed' } }));
  expect(audit).toHaveLength(1);
});

it('a server that does not take it yet is asked again, later each time; one that refuses the address for good is not', async () => {
  mailbox.answer(() => ({ code: 451, message: 'Come back later' }));
  await work();
  expect(await deliveries()).toMatchObject([
    { status: 'waiting', attempts: 1, error: expect.stringContaining('Come back later') },
  ]);
  await work();
  expect((await deliveries())[0]?.attempts, 'not before its time').toBe(1);
  clock.moveOn({ minutes: 1 });
  mailbox.answer(() => null);
  await work();
  expect(await deliveries()).toMatchObject([{ status: 'sent', attempts: 2, error: null }]);
  mailbox.answer(() => ({ code: 550, message: 'No such mailbox' }));
  clock.moveOn({ days: 7 });
  await work();
  expect(await deliveries()).toMatchObject([
    { status: 'sent' },
    { status: 'dead', attempts: 1, error: expect.stringContaining('No such mailbox') },
  ]);
  expect(mails()).toHaveLength(1);
});

it('nobody gets it who has left meanwhile', async () => {
  await keepDueReports(clock);
  await inOrg(org.orgId, (tx) =>
    tx.person.updateMany({ where: { orgId: org.orgId }, data: { removedAt: clock.now() } }),
  );
  await sendDueDeliveries(clock);
  expect(await deliveries()).toMatchObject([{ status: 'dropped' }]);
  expect(mails()).toHaveLength(0);
});

it('what is computed on demand goes to nobody', async () => {
  await reportOf(org.ctx, { week: undefined, team: '' });
  await sendDueDeliveries(clock);
  expect(await deliveries()).toEqual([]);
});

it('what cannot be put together holds up nobody, and is given up in the end', async () => {
  await keepDueReports(clock);
  await inOrg(org.orgId, (tx) =>
    tx.delivery.create({
      data: {
        orgId: org.orgId,
        id: newId(),
        kind: 'report',
        team: '',
        key: '2020-W01',
        recipient: 'person',
        recipientId: org.owner.actor.personId,
        status: 'waiting',
        attempts: 13,
        createdAt: new Date(0),
        nextTryAt: new Date(0),
      },
    }),
  );
  await sendDueDeliveries(clock);
  expect(mails()).toHaveLength(1);
  expect(await deliveries()).toMatchObject([
    { key: '2020-W01', status: 'dead', error: expect.stringContaining('No record was found') },
    { key: '2026-W47', status: 'sent' },
  ]);
});

it('what stands behind a slow mail is sent by nobody twice, though the time of whoever began runs out', async () => {
  const readers = Array.from({ length: 7 }, (_, n) => `reader-${n}-${newId()}@acme.example`);
  for (const [n, email] of readers.entries()) {
    const { actor } = await org.person(`Reader ${n}`, 'admin');
    await inOrg(org.orgId, (tx) =>
      tx.person.update({
        where: { orgId_id: { orgId: org.orgId, id: actor.personId } },
        data: { email },
      }),
    );
  }
  await keepDueReports(clock);
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let held: string | undefined;
  mailbox.slow(async (to) => {
    if ([olga, ...readers].includes(to)) held ??= to;
    if (to === held) await gate;
  });
  const first = sendDueDeliveries(clock);
  const sent = async () => (await deliveries()).filter(({ status }) => status === 'sent').length;
  await vi.waitFor(async () => expect(await sent(), 'all others').toBe(7), { timeout: 10_000 });
  mailbox.slow(async () => {});
  clock.moveOn({ minutes: 11 });
  await sendDueDeliveries(clock);
  goOn();
  await first;
  const times = readers.map((reader) => mailbox.mails.filter(({ to }) => to === reader).length);
  const twice = [...times, mails().length].filter((count) => count !== 1);
  expect(twice, 'only of the slow one nobody knows whether it was taken').toEqual([2]);
});
