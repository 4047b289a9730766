import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sendDueDeliveries } from '@/lib/outbox/background';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { keepDueReports } from '@/lib/reports/background';
import { aBadLine, type BadLine } from '@/lib/testing/bad-line';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';

const database = aTestDatabase();

/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 16);

let mailbox: Mailbox;
let line: BadLine;
beforeAll(async () => {
  mailbox = await aMailbox();
  line = await aBadLine(Number(new URL(mailbox.url).port));
  adoptEnv({
    SMTP_URL: `smtp://127.0.0.1:${line.port}?greetingTimeout=300&socketTimeout=400`,
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  });
});
afterAll(async () => {
  await line.close();
  await mailbox.close();
});

let org: TestOrganisation;
let clock: HandClock;
/** Of the owner and of an admin: both get the organisation's report. */
let readers: string[];

beforeEach(async () => {
  mailbox.forget();
  line.breaks(null);
  clock = aClock(MONDAY);
  org = await anOrganisation({ clock });
  const { orgId } = org;
  const admin = await org.person('Lena', 'admin');
  readers = ['olga', 'lena'].map((name) => `${name}-${newId()}@acme.example`);
  await inOrg(orgId, async (tx) => {
    for (const [n, { actor }] of [org.owner, admin].entries())
      await tx.person.update({
        where: { orgId_id: { orgId, id: actor.personId } },
        data: { email: readers[n] ?? null },
      });
    await tx.reportSchedule.create({
      data: { orgId, team: '', weekday: 1, hour: 8, minute: 0, zone: 'UTC', isSent: true },
    });
  });
  clock.moveOn({ days: 7, hours: 8 });
  await keepDueReports(clock);
});

const send = () => sendDueDeliveries(clock);

/** By reader, in the order of `readers`. */
async function deliveries() {
  const { orgId } = org;
  const rows = await inOrg(orgId, (tx) => tx.delivery.findMany({ where: { orgId } }));
  return readers.map((address) => rows.find((row) => row.address === address));
}

const mailsTo = (address: string | undefined) => mailbox.mails.filter(({ to }) => to === address);
const idsOf = (mails: readonly { text: string }[]) =>
  mails.map(({ text }) => /^Message-ID:\s*<([^>]+)>/im.exec(text)?.[1]);

it('one reader who is refused for good keeps nobody else from theirs', async () => {
  mailbox.answer((to) => (to === readers[0] ? { code: 550, message: 'No such mailbox' } : null));
  await send();
  expect(await deliveries()).toMatchObject([
    { status: 'dead', attempts: 1, error: expect.stringContaining('No such mailbox') },
    { status: 'sent', attempts: 1 },
  ]);
  expect(mailsTo(readers[1])).toHaveLength(1);
});

it('a server that is down for a day gets every mail once it is back', async () => {
  line.breaks('down');
  for (let halfHours = 0; halfHours <= 50; halfHours += 1) {
    await send();
    clock.moveOn({ minutes: 30 });
  }
  expect(mailbox.mails).toEqual([]);
  const rows = await inOrg(org.orgId, (tx) => tx.delivery.findMany({ where: { team: '', key: '2026-W47' } }));
  expect(rows.map(({ status }) => status)).toEqual(['waiting', 'waiting']);
  line.breaks(null);
  clock.moveOn({ hours: 6 });
  await send();
  for (const reader of readers) expect(mailsTo(reader)).toHaveLength(1);
});

it('a server that wants to be asked twice (greylisting) takes it at the second time, once', async () => {
  const asked = new Set<string>();
  mailbox.answer((to) => {
    const isFirst = !asked.has(to);
    asked.add(to);
    return isFirst ? { code: 451, message: 'Greylisted' } : null;
  });
  await send();
  expect(await deliveries()).toMatchObject([
    { status: 'waiting', attempts: 1, error: expect.stringContaining('Greylisted') },
    { status: 'waiting', attempts: 1 },
  ]);
  clock.moveOn({ minutes: 1 });
  await send();
  await send();
  expect(await deliveries()).toMatchObject([
    { status: 'sent', attempts: 2, error: null },
    { status: 'sent', attempts: 2, error: null },
  ]);
  for (const reader of readers) expect(mailsTo(reader)).toHaveLength(1);
});

it('a server that takes the connection and says nothing is given up, and tried again later', async () => {
  line.breaks('nobody speaks');
  const began = performance.now();
  await send();
  expect(performance.now() - began).toBeLessThan(5_000);
  const waiting = {
    status: 'waiting',
    attempts: 1,
    error: expect.stringContaining('Greeting never received'),
  };
  expect(await deliveries()).toMatchObject([waiting, waiting]);
  line.breaks(null);
  clock.moveOn({ minutes: 1 });
  await send();
  for (const reader of readers) expect(mailsTo(reader)).toHaveLength(1);
});

it('a connection that ends in the midst of a mail leaves none behind, and it comes later, once', async () => {
  line.breaks('cut in the mail');
  await send();
  expect(await deliveries()).toMatchObject([
    { status: 'waiting', attempts: 1, error: expect.stringMatching(/./) },
    { status: 'waiting', attempts: 1 },
  ]);
  expect(mailbox.mails).toHaveLength(0);
  line.breaks(null);
  clock.moveOn({ minutes: 1 });
  await send();
  expect(await deliveries()).toMatchObject([{ status: 'sent' }, { status: 'sent' }]);
  for (const reader of readers) expect(mailsTo(reader)).toHaveLength(1);
});

it('a mail that was taken without a word is sent again as the same mail: it has the same Message-ID', async () => {
  line.breaks('no answer to the mail');
  await send();
  expect(await deliveries()).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }]);
  line.breaks(null);
  clock.moveOn({ minutes: 1 });
  await send();
  expect(await deliveries()).toMatchObject([{ status: 'sent' }, { status: 'sent' }]);
  for (const reader of readers) {
    const ids = idsOf(mailsTo(reader));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  }
});

it('a server that is slow, but answers, is waited for', async () => {
  mailbox.slow(() => sleep(200));
  await send();
  expect(await deliveries()).toMatchObject([
    { status: 'sent', attempts: 1 },
    { status: 'sent', attempts: 1 },
  ]);
  for (const reader of readers) expect(mailsTo(reader)).toHaveLength(1);
});

/** Whoever needs this table is told to come back, until what is returned is called. */
async function locked(table: 'delivery' | 'person'): Promise<() => Promise<void>> {
  const other = await connect(database.url);
  await other.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return () => other.end();
}

it('that a mail was taken is not forgotten where the database is too busy to write it down: no mail comes twice', async () => {
  let busy: Promise<void> | undefined;
  const keepBusy = async (unlock: () => Promise<void>) => {
    // Longer than anybody waits for a lock.
    await sleep(2_000);
    await unlock();
  };
  mailbox.slow(async () => {
    const locking = busy ? undefined : locked('delivery');
    busy ??= locking?.then(keepBusy);
    await locking;
  });
  await send();
  await busy;
  clock.moveOn({ minutes: 11 });
  await send();
  expect(await deliveries()).toMatchObject([
    { status: 'sent', attempts: 1 },
    { status: 'sent', attempts: 1 },
  ]);
  for (const reader of readers) expect(mailsTo(reader)).toHaveLength(1);
});

it('a mail that could not be put together because the database was too busy goes a minute later', async () => {
  const unlock = await locked('person');
  await send().finally(unlock);
  expect(mailbox.mails).toEqual([]);
  clock.moveOn({ minutes: 1 });
  await send();
  expect(await deliveries()).toMatchObject([
    { status: 'sent', attempts: 1 },
    { status: 'sent', attempts: 1 },
  ]);
});
