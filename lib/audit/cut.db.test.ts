import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoints } from '@/lib/domain/audit/checkpoint';
import { verifyRecord } from '@/lib/domain/audit/verify-record';
import { sendDueDeliveries } from '@/lib/outbox/background';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox } from '@/lib/testing/mailbox';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { acknowledgeAuditAlarm, acknowledgeShorterLog } from './acknowledge';
import { keepDueAudits } from './background';
import { signCheckpoint } from './checkpoint';
import { exportRecord } from './data/export';
import { getStanding } from './data/standing';
import { verifyAuditNow } from './mutations';
import { recordAudit } from './record';

const database = aTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gait-cut-'));
const NOWHERE = { AUDIT_CHECKPOINT_FILE: '', GAIT_HOME: '' };

let clock: HandClock;
let org: TestOrganisation;
beforeEach(async () => {
  adoptEnv({ AUTH_SECRET: 's'.repeat(40), ...NOWHERE });
  clock = aClock();
  org = await anOrganisation({ clock });
  await signCheckpoint(org.orgId, clock, 0);
});
afterEach(() => adoptEnv(NOWHERE));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const deed = (ctx: Ctx, number = 0) =>
  inOrg(ctx.orgId, (tx) => recordAudit(tx, ctx, { act: 'test.done', target: `test:${number}` }));

/** Deeds until the log is so long, the last of them signed and handed out. */
async function deedsUpTo(size: number): Promise<void> {
  const head = () =>
    inOrg(org.orgId, (tx) => tx.auditHead.findUniqueOrThrow({ where: { orgId: org.orgId } }));
  while (Number((await head()).size) < size) await deed(org.owner);
  clock.moveOn({ minutes: 1 });
  await keepDueAudits(clock);
}

const checkpoints = () =>
  inOrg(org.orgId, (tx) =>
    tx.auditCheckpoint.findMany({ where: { orgId: org.orgId }, orderBy: { size: 'asc' } }),
  );
const sizes = async () => (await checkpoints()).map(({ size }) => Number(size));

/**
 * What somebody with all rights over the database does to the end of the log, tidily: entries, checkpoints and head; and, where they are
 * thorough, all that the database notes of it besides.
 */
async function cutTo(size: number, isThorough = false): Promise<void> {
  const checkpoint = (await checkpoints()).find((one) => Number(one.size) === size);
  if (!checkpoint) throw new Error(`There is no checkpoint of size ${size}.`);
  const hex = (bytes: Uint8Array) => `'\\x${Buffer.from(bytes).toString('hex')}'`;
  await database.asOwner(`SET session_replication_role = replica;
    DELETE FROM audit WHERE org_id = '${org.orgId}' AND seq > ${size};
    DELETE FROM audit_checkpoint WHERE org_id = '${org.orgId}' AND size > ${size};
    UPDATE audit_head SET size = ${size}, hash = ${hex(checkpoint.hash)}, peaks = ${hex(checkpoint.peaks)}
    WHERE org_id = '${org.orgId}';
    ${isThorough ? noted(size, checkpoint.note) : ''}
    SET session_replication_role = DEFAULT`);
}

const noted = (size: number, note: string) => `
    UPDATE audit_seen SET size = ${size}, note = '${note}' WHERE org_id = '${org.orgId}';
    UPDATE audit_keeping SET file_size = ${size}, webhook_size = 0, verified_size = 0 WHERE org_id = '${org.orgId}';`;

/** The log looks as if these had never been known to this process: another one, or after a start. */
const forgetInMemory = () => {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('gait.audit.signed')];
};

const alarms = () => inOrg(org.orgId, (tx) => tx.auditAlarm.findMany({ where: { orgId: org.orgId } }));

/** A deed, and the keeper a minute later. */
async function goOn(): Promise<void> {
  await deed(org.owner);
  clock.moveOn({ minutes: 1 });
  await keepDueAudits(clock);
}

it('a log that was cut is not signed anew while the file has a later checkpoint, and does not verify', async () => {
  const file = join(folder, 'checkpoints');
  adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
  await deedsUpTo(25);
  await deedsUpTo(28);
  expect(readCheckpoints(readFileSync(file, 'utf8')).map(({ size }) => size)).toEqual([3, 25, 28]);
  await cutTo(25);
  await expect(verifyAuditNow(org.owner)).rejects.toThrow('but the log ended with entry 25');
  await goOn();
  await signCheckpoint(org.orgId, clock, 0);
  expect(await sizes()).toEqual([3, 25]);
  expect(await alarms()).toMatchObject([
    { code: 'shorter', place: 'file', knownSize: 28n, agreedSize: 25n, headSize: 25n, acknowledgedAt: null },
  ]);
});

it.each(['folder', 'memory', 'database', 'webhook'] as const)(
  'so is one of which only the %s knows that it was longer',
  async (place) => {
    if (place === 'folder') adoptEnv({ GAIT_HOME: join(folder, 'home') });
    await deedsUpTo(25);
    await deedsUpTo(28);
    await cutTo(25, place !== 'database');
    if (place !== 'memory') forgetInMemory();
    if (place === 'webhook')
      await database.asOwner(
        `UPDATE audit_keeping SET webhook_url = 'https://log.example/', webhook_size = 28 WHERE org_id = '${org.orgId}'`,
      );
    await goOn();
    expect(await alarms()).toMatchObject([{ code: 'shorter', place, knownSize: 28n }]);
    expect(await sizes()).toEqual([3, 25]);
  },
);

it('one that grew beyond what was signed, with other entries, is another log, and not signed either', async () => {
  const file = join(folder, 'grown');
  adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
  await deedsUpTo(25);
  await deedsUpTo(28);
  await cutTo(25, true);
  forgetInMemory();
  for (let number = 1; number <= 6; number += 1) await deed(org.owner, number);
  clock.moveOn({ minutes: 1 });
  await keepDueAudits(clock);
  expect(await alarms()).toMatchObject([
    { code: 'differs', place: 'file', knownSize: 28n, agreedSize: 25n, headSize: 31n },
  ]);
  expect(await sizes()).toEqual([3, 25]);
});

it('a log that was written and signed anew with new keys does not match the file', async () => {
  const file = join(folder, 'anew');
  adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
  await deedsUpTo(12);
  await database.asOwner(`SET session_replication_role = replica;
    DELETE FROM audit; DELETE FROM audit_checkpoint; DELETE FROM audit_head; DELETE FROM audit_seen; DELETE FROM audit_key;
    DELETE FROM audit_keeping; SET session_replication_role = DEFAULT`);
  forgetInMemory();
  adoptEnv({ AUDIT_CHECKPOINT_FILE: '' });
  await deed(org.owner);
  await deedsUpTo(12);
  forgetInMemory();
  adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
  await goOn();
  expect(await alarms()).toMatchObject([{ code: 'differs', place: 'file', knownSize: 13n, agreedSize: 0n }]);
});

it('the alarm is told by mail once, to those who may read the log, and stays until somebody acts', async () => {
  const mailbox = await aMailbox();
  adoptEnv({ SMTP_URL: mailbox.url, GAIT_URL: 'https://gait.acme.example' });
  try {
    const people = [org.owner, await org.person('Ada', 'auditor'), await org.person('Lena', 'lead')];
    for (const { actor } of people)
      await inOrg(org.orgId, (tx) =>
        tx.person.update({
          where: { orgId_id: { orgId: org.orgId, id: actor.personId } },
          data: { email: `${actor.name.split(' ')[0]}@${org.orgId}.example` },
        }),
      );
    await deedsUpTo(25);
    await deedsUpTo(28);
    await cutTo(25);
    for (let day = 0; day < 3; day += 1) {
      await goOn();
      await sendDueDeliveries(clock);
      clock.moveOn({ days: 1 });
    }
    const mails = mailbox.mails.filter(({ to }) => to.includes(org.orgId));
    expect(mails.map(({ to }) => to.split('@')[0]).sort()).toEqual(['Ada', 'Olga']);
    expect(mails[0]?.text).toContain('The end of the audit log is missing');
    expect(mails[0]?.text).toContain('Entries 26 to 28 are missing or were replaced.');
    expect(mails[0]?.text).toContain('https://gait.acme.example/');
    expect(mails[0]?.text).not.toContain('Send me no more');
    expect(await alarms()).toHaveLength(1);
    const { alarm, checkpoint } = await inOrg(org.orgId, (tx) => getStanding(tx, org.orgId));
    expect(alarm).toMatchObject({ title: 'The end of the audit log is missing' });
    expect(checkpoint).toMatchObject({ size: 25 });
  } finally {
    adoptEnv({ SMTP_URL: '', GAIT_URL: '' });
    await mailbox.close();
  }
});

describe('acknowledging', () => {
  it('is for owners, names what is missing in an entry, and lets the log be signed and handed out again', async () => {
    const file = join(folder, 'acknowledged');
    adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
    await deedsUpTo(25);
    await deedsUpTo(28);
    await cutTo(25);
    await goOn();
    const reason = 'Restored the backup of Monday.';
    const admin = await org.person('Amy', 'admin');
    await expect(acknowledgeAuditAlarm(admin, { reason })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await acknowledgeAuditAlarm(org.owner, { reason })).toMatchObject({
      loss: { number: 1, agreedUpTo: 25, signedUpTo: 28 },
      sentence: 'Entries 26 to 28 are missing or were replaced.',
    });
    expect(await sizes()).toEqual([3, 25, 27]);
    // What was verified before was another log.
    expect((await inOrg(org.orgId, (tx) => getStanding(tx, org.orgId))).verified).toBeNull();
    const entry = await inOrg(org.orgId, (tx) =>
      tx.audit.findFirst({ where: { orgId: org.orgId, act: 'audit.alarm_acknowledged' } }),
    );
    expect(entry).toMatchObject({ seq: 27n, reason, after: { loss: { agreedUpTo: 25, signedUpTo: 28 } } });
    await goOn();
    await goOn();
    await goOn();
    const kept = readCheckpoints(readFileSync(file, 'utf8'));
    expect(kept.map(({ size, losses }) => [size, losses])).toEqual([
      ...[3, 25, 28].map((size) => [size, 0]),
      ...[27, 28, 29, 30].map((size) => [size, 1]),
    ]);
    expect(await verifyAuditNow(org.owner)).toContain('30 entries up to entry 30');
    const verifier = verifyRecord({ outside: kept });
    for await (const line of exportRecord(org.orgId)) verifier.take(line);
    expect(verifier.finish(true)).toMatchObject({
      ok: true,
      outside: { compared: 6, upTo: 30, lost: 1 },
      losses: [{ number: 1 }],
    });
    expect(await alarms()).toMatchObject([{ acknowledgedBy: 'Olga Owner', reason, loss: 1 }]);
    await expect(acknowledgeAuditAlarm(org.owner, { reason })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of one loss excuses no other: the next cut, also within the same entries, is found again', async () => {
    adoptEnv({ AUDIT_CHECKPOINT_FILE: join(folder, 'twice') });
    await deedsUpTo(25);
    await deedsUpTo(40);
    await cutTo(25);
    await goOn();
    await acknowledgeAuditAlarm(org.owner, { reason: 'Restored.' });
    await deedsUpTo(30);
    await deedsUpTo(33);
    await cutTo(30, true);
    forgetInMemory();
    await goOn();
    expect((await alarms()).find(({ acknowledgedAt }) => acknowledgedAt === null)).toMatchObject({
      code: 'shorter',
      place: 'file',
      knownSize: 33n,
      agreedSize: 30n,
    });
  });

  it('by a restore writes nothing where the log agrees with all that is known', async () => {
    await deedsUpTo(10);
    expect(await acknowledgeShorterLog(org.ctx, 'Restored a backup.')).toBeNull();
    expect(await alarms()).toEqual([]);
    await deedsUpTo(14);
    await cutTo(10, true);
    expect(await acknowledgeShorterLog(org.ctx, 'Restored a backup.')).toMatchObject({
      loss: { agreedUpTo: 10, signedUpTo: 14 },
    });
    expect(await sizes()).toEqual([3, 10, 11]);
    await goOn();
    expect(await sizes()).toEqual([3, 10, 11, 12]);
  });

  it('of a log that does not verify stops the alarm, until something else does not', async () => {
    await deedsUpTo(10);
    const change = (seq: number) =>
      database.asOwner(`SET session_replication_role = replica;
        UPDATE audit SET act = 'nothing.done' WHERE org_id = '${org.orgId}' AND seq = ${seq}; SET session_replication_role = DEFAULT`);
    await change(7);
    await expect(verifyAuditNow(org.owner)).rejects.toThrow('Entry 7 was changed');
    await goOn();
    expect(await sizes()).toEqual([3, 10]);
    expect(await acknowledgeAuditAlarm(org.owner, { reason: 'Known.' })).toMatchObject({ loss: null });
    await expect(verifyAuditNow(org.owner)).rejects.toThrow('Entry 7 was changed');
    await goOn();
    expect(await sizes()).toEqual([3, 10, 12, 13]);
    await change(5);
    await expect(verifyAuditNow(org.owner)).rejects.toThrow('Entry 5 was changed');
    expect(await alarms()).toHaveLength(2);
  });
});

it('what was seen is only ever raised: neither the app nor the owner lowers or removes it', async () => {
  await deedsUpTo(10);
  await expect(
    inOrg(
      org.orgId,
      (tx) => tx.$executeRaw`UPDATE audit_seen SET size = 4 WHERE org_id = ${org.orgId}::uuid`,
    ),
  ).rejects.toThrow('never lowered');
  for (const deed of ['UPDATE audit_seen SET size = 4', 'DELETE FROM audit_seen'])
    await expect(database.asOwner(deed), deed).rejects.toThrow('never lowered');
});
