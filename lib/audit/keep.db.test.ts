import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint, readCheckpoints } from '@/lib/domain/audit/checkpoint';
import { readVerifierKey } from '@/lib/domain/audit/signed-note';
import { verifyRecord } from '@/lib/domain/audit/verify-record';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { tendSignIn } from '@/lib/sso/mutations/tend';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { aSmallDisk } from '@/lib/testing/small-disk';
import { keepDueAudits } from './background';
import { signCheckpoint } from './checkpoint';
import { exportRecord } from './data/export';
import { setAuditRetention, setAuditWebhook, verifyAuditNow } from './mutations';
import { recordAudit } from './record';
import { doesKeyOpen, replaceLostKey } from './signing';
import { verifyStored } from './verify-stored';

const database = aTestDatabase();
const SECRET = 's'.repeat(40);

beforeAll(() => adoptEnv({ AUTH_SECRET: SECRET }));
afterEach(() => adoptEnv({ AUTH_SECRET: SECRET, AUTH_SECRET_PREVIOUS: '', AUDIT_CHECKPOINT_FILE: '' }));

const deed = (ctx: Ctx, number = 0) =>
  inOrg(ctx.orgId, (tx) => recordAudit(tx, ctx, { act: 'test.done', target: `test:${number}` }));

const checkpointsOf = ({ orgId }: Ctx) =>
  inOrg(orgId, (tx) => tx.auditCheckpoint.findMany({ where: { orgId }, orderBy: { size: 'asc' } }));

const keysOf = ({ orgId }: Ctx) =>
  inOrg(orgId, (tx) => tx.auditKey.findMany({ where: { orgId }, orderBy: { createdAt: 'asc' } }));

const keepingOf = ({ orgId }: Ctx) =>
  inOrg(orgId, (tx) => tx.auditKeeping.findUniqueOrThrow({ where: { orgId } }));

describe('checkpoints', () => {
  it('are signed after deeds, once a minute at most, and not when nothing happened', async () => {
    const clock = aClock();
    const { owner } = await anOrganisation({ clock });
    await keepDueAudits(clock);
    // Two deeds of the set-up, and the key that was made for this.
    expect((await checkpointsOf(owner)).map(({ size }) => Number(size))).toEqual([3]);
    await deed(owner);
    clock.moveOn({ minutes: 0.5 });
    await keepDueAudits(clock);
    expect(await checkpointsOf(owner)).toHaveLength(1);
    clock.moveOn({ minutes: 0.5 });
    await keepDueAudits(clock);
    expect((await checkpointsOf(owner)).map(({ size }) => Number(size))).toEqual([3, 4]);
    clock.moveOn({ hours: 20 });
    expect(await keepDueAudits(clock)).toBe(0);
    expect(await verifyStored(owner.orgId)).toMatchObject({ ok: true, checkpoints: 2, signedTo: 4 });
  });

  it('of two processes at once there is one, and one key', async () => {
    const { owner, clock } = await anOrganisation();
    await Promise.all([1, 2, 3, 4].map(() => signCheckpoint(owner.orgId, clock, 0)));
    const keys = await inOrg(owner.orgId, (tx) => tx.auditKey.count({ where: { orgId: owner.orgId } }));
    expect([(await checkpointsOf(owner)).length, keys]).toEqual([1, 1]);
  });

  it('are signed with the same key after AUTH_SECRET was replaced, when the previous one is named', async () => {
    const { owner, clock } = await anOrganisation();
    await signCheckpoint(owner.orgId, clock, 0);
    const [first] = await keysOf(owner);
    expect(first?.sealed).not.toContain('PRIVATE');
    adoptEnv({ AUTH_SECRET: 'n'.repeat(40), AUTH_SECRET_PREVIOUS: SECRET });
    await deed(owner);
    await signCheckpoint(owner.orgId, clock, 0);
    adoptEnv({ AUTH_SECRET_PREVIOUS: '' });
    await deed(owner);
    await signCheckpoint(owner.orgId, clock, 0);
    expect((await keysOf(owner)).map(({ id }) => id)).toEqual([first?.id]);
  });

  it('are not signed with another key by itself, when the key does not open', async () => {
    const { owner, clock } = await anOrganisation();
    await signCheckpoint(owner.orgId, clock, 0);
    const before = await keysOf(owner);
    adoptEnv({ AUTH_SECRET: 'x'.repeat(40) });
    await deed(owner);
    await expect(signCheckpoint(owner.orgId, clock, 0)).rejects.toMatchObject({ code: 'conflict' });
    expect(await keysOf(owner)).toEqual(before);
    adoptEnv({ AUTH_SECRET: SECRET });
    await signCheckpoint(owner.orgId, clock, 0);
    expect(await verifyStored(owner.orgId)).toMatchObject({ ok: true, checkpoints: 2 });
  });

  it('are signed with a new key once somebody has said that the former secret is lost, and the log says so', async () => {
    const clock = aClock();
    const { owner } = await anOrganisation({ clock });
    await signCheckpoint(owner.orgId, clock, 0);
    const [first] = await keysOf(owner);
    expect(await replaceLostKey(owner.orgId, clock), 'one that opens stays').toBe(false);
    adoptEnv({ AUTH_SECRET: 'x'.repeat(40) });
    clock.moveOn({ minutes: 1 });
    expect(await replaceLostKey(owner.orgId, clock)).toBe(true);
    await signCheckpoint(owner.orgId, clock, 0);
    expect(await keysOf(owner)).toHaveLength(2);
    const made = await inOrg(owner.orgId, (tx) =>
      tx.audit.findMany({ where: { orgId: owner.orgId, act: 'audit.key_made' }, orderBy: { seq: 'asc' } }),
    );
    expect(made.map(({ reason }) => reason)).toEqual([null, expect.stringContaining('is lost')]);
    expect(await verifyStored(owner.orgId)).toMatchObject({ ok: true, checkpoints: 2 });
    const only = [readVerifierKey(first?.verifier ?? '')].filter((key) => key !== null);
    expect((await verifyStored(owner.orgId, { keys: only })).problem).toMatchObject({ code: 'wrong_key' });
  });

  it('of a log in which nothing happens: its key, too, is kept under the new AUTH_SECRET', async () => {
    const clock = aClock();
    const { owner } = await anOrganisation({ clock });
    await signCheckpoint(owner.orgId, clock, 0);
    adoptEnv({ AUTH_SECRET: 'n'.repeat(40), AUTH_SECRET_PREVIOUS: SECRET });
    await tendSignIn(clock);
    adoptEnv({ AUTH_SECRET_PREVIOUS: '' });
    expect(await inOrg(owner.orgId, (tx) => doesKeyOpen(tx, owner.orgId))).toBe(true);
  });
});

describe('outside the database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gait-checkpoints-'));
  let receiver: Server;
  let url = '';
  let status = 200;
  let received: string[] = [];
  const testing = { allowLoopback: true };

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        if (status === 200) received.push(body);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('checkpoints are appended to the file, and catch a rewriting of everything', async () => {
    const file = join(folder, 'checkpoints');
    adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
    const clock = aClock();
    const { owner } = await anOrganisation({ clock });
    for (let number = 1; number <= 3; number += 1) {
      await deed(owner, number);
      clock.moveOn({ minutes: 1 });
      await keepDueAudits(clock);
    }
    const kept = readCheckpoints(readFileSync(file, 'utf8')).filter(({ origin }) =>
      origin.endsWith(owner.orgId),
    );
    expect(kept.map(({ note }) => note)).toEqual((await checkpointsOf(owner)).map(({ note }) => note));
    expect(kept.map(({ size }) => size)).toEqual([4, 5, 6]);
    expect(await keepingOf(owner)).toMatchObject({ fileSize: 6n, fileError: null });
    expect(await verifyStored(owner.orgId, { outside: kept })).toMatchObject({
      ok: true,
      outside: { compared: 3 },
    });

    // Somebody with all rights and the key empties the record and writes another that is as long.
    await database.asOwner(`ALTER TABLE audit DISABLE TRIGGER USER; ALTER TABLE audit_checkpoint DISABLE TRIGGER USER;
      DELETE FROM audit; DELETE FROM audit_checkpoint; DELETE FROM audit_head;
      ALTER TABLE audit ENABLE TRIGGER USER; ALTER TABLE audit_checkpoint ENABLE TRIGGER USER`);
    for (let number = 1; number <= 6; number += 1) await deed(owner, number);
    await signCheckpoint(owner.orgId, clock, 0);
    expect(await verifyStored(owner.orgId)).toMatchObject({ ok: true, to: 6 });
    expect((await verifyStored(owner.orgId, { outside: kept })).problem).toMatchObject({
      code: 'rewritten',
      seq: 1,
    });
  });

  it('a file that cannot be written is told, and catches up', async () => {
    const clock = aClock();
    const { owner } = await anOrganisation({ clock });
    adoptEnv({ AUDIT_CHECKPOINT_FILE: join(folder, 'missing', 'file') });
    await keepDueAudits(clock);
    expect((await keepingOf(owner)).fileError).toContain('ENOENT');
    adoptEnv({ AUDIT_CHECKPOINT_FILE: join(folder, 'late') });
    await deed(owner);
    clock.moveOn({ minutes: 1 });
    await keepDueAudits(clock);
    expect(await keepingOf(owner)).toMatchObject({ fileSize: 4n, fileError: null });
    expect(readCheckpoints(readFileSync(join(folder, 'late'), 'utf8'))).toHaveLength(2);
  });

  it('a disk that is full gets no half of a checkpoint, and catches up', async (test) => {
    const disk = aSmallDisk(64);
    if (disk === null) return test.skip('only root can mount a small disk');
    try {
      const file = join(disk.folder, 'checkpoints');
      adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
      const clock = aClock();
      const { owner } = await anOrganisation({ clock });
      const round = async () => {
        await deed(owner);
        clock.moveOn({ minutes: 1 });
        await keepDueAudits(clock);
      };
      await round();
      const before = readFileSync(file, 'utf8');
      adoptEnv({ AUDIT_CHECKPOINT_FILE: '' });
      for (let number = 0; number < 25; number += 1) {
        await deed(owner);
        await signCheckpoint(owner.orgId, clock, 0);
      }
      adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
      // Some of them fit into the page that the file has already.
      disk.fill();
      await round();
      expect((await keepingOf(owner)).fileError).toContain('ENOSPC');
      expect(readFileSync(file, 'utf8')).toBe(before);
      disk.free();
      await round();
      expect(await keepingOf(owner)).toMatchObject({ fileError: null });
      expect(readCheckpoints(readFileSync(file, 'utf8')).map(({ note }) => note)).toEqual(
        (await checkpointsOf(owner)).map(({ note }) => note),
      );
    } finally {
      disk.remove();
    }
  }, 60_000);

  /** Verbs take https only; the tests' receiver has none. */
  const sendTo = (ctx: Ctx) =>
    database.asOwner(
      `UPDATE audit_keeping SET webhook_url = '${url}', webhook_size = 0 WHERE org_id = '${ctx.orgId}'`,
    );

  it('the webhook gets each checkpoint once, in order; what failed is told, and tried again ever more seldom', async () => {
    const clock = aClock();
    const { owner } = await anOrganisation({ clock });
    await keepDueAudits(clock, testing);
    await sendTo(owner);
    status = 500;
    received = [];
    await deed(owner);
    clock.moveOn({ minutes: 1 });
    await keepDueAudits(clock, testing);
    expect(await keepingOf(owner)).toMatchObject({
      webhookFailures: 1,
      webhookError: 'It answered with status 500.',
      webhookSize: 0n,
      webhookNextAt: new Date(clock.now().getTime() + 30_000),
    });
    clock.moveOn({ minutes: 0.5 });
    await keepDueAudits(clock, testing);
    expect(await keepingOf(owner)).toMatchObject({
      webhookFailures: 2,
      webhookNextAt: new Date(clock.now().getTime() + 60_000),
    });
    status = 200;
    await deed(owner);
    clock.moveOn({ minutes: 1 });
    await keepDueAudits(clock, testing);
    expect(received.map((note) => readCheckpoint(note)?.size)).toEqual([3, 4, 5]);
    expect(await keepingOf(owner)).toMatchObject({ webhookFailures: 0, webhookError: null, webhookSize: 5n });
    clock.moveOn({ minutes: 10 });
    await keepDueAudits(clock, testing);
    expect(received).toHaveLength(3);
  });

  it('nothing is sent into the own network, whatever stands in the database', async () => {
    const clock = aClock();
    const { owner } = await anOrganisation({ clock });
    await keepDueAudits(clock);
    await sendTo(owner);
    received = [];
    await deed(owner);
    clock.moveOn({ minutes: 1 });
    await keepDueAudits(clock);
    expect(received).toEqual([]);
    expect((await keepingOf(owner)).webhookError).toContain('must begin with https://');
  });

  it('an address is set by owners and admins, is public, and its setting is an entry', async () => {
    const { owner, person, orgId } = await anOrganisation();
    for (const inside of ['https://10.0.0.1/', 'https://[::1]/hook', 'https://2130706433/'])
      await expect(setAuditWebhook(owner, { url: inside })).rejects.toMatchObject({ code: 'invalid' });
    for (const role of ['lead', 'member', 'auditor'] as const)
      await expect(setAuditWebhook(await person('P', role), { url: null })).rejects.toMatchObject({
        code: 'forbidden',
      });
    await setAuditWebhook(owner, { url: 'https://log.example/gait' });
    await setAuditWebhook(owner, { url: 'https://log.example/gait' });
    await setAuditWebhook(await person('A', 'admin'), { url: null });
    const entries = await inOrg(orgId, (tx) =>
      tx.audit.findMany({ where: { orgId, act: 'audit.webhook_set' } }),
    );
    expect(entries.map(({ before, after }) => [before, after])).toEqual([
      [{ url: null }, { url: 'https://log.example/gait' }],
      [{ url: 'https://log.example/gait' }, { url: null }],
    ]);
  });
});

describe('verification', () => {
  it('runs daily and is kept, with what it found', async () => {
    const clock = aClock();
    const { owner, person } = await anOrganisation({ clock });
    await keepDueAudits(clock);
    expect(await keepingOf(owner)).toMatchObject({
      verifiedAt: clock.now(),
      verifiedSize: 3n,
      verifiedProblem: null,
    });
    expect(await verifyAuditNow(await person('Ada', 'auditor'))).toContain('3 entries up to entry 3');
    await expect(verifyAuditNow(await person('Mia', 'member'))).rejects.toMatchObject({ code: 'forbidden' });
    await database.asOwner(`ALTER TABLE audit DISABLE TRIGGER USER;
      UPDATE audit SET act = 'nothing.done' WHERE org_id = '${owner.orgId}' AND seq = 2; ALTER TABLE audit ENABLE TRIGGER USER`);
    await keepDueAudits(clock);
    expect((await keepingOf(owner)).verifiedProblem).toBeNull();
    clock.moveOn({ days: 1 });
    await keepDueAudits(clock);
    expect((await keepingOf(owner)).verifiedProblem).toContain('Entry 2 was changed');
    await expect(verifyAuditNow(owner)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('retention', () => {
  /** Entries of a day each, from so many days ago by the database's own clock, with a checkpoint after each fifth. */
  async function longRecord(days: number) {
    const clock = aClock(Date.now() - days * 86_400_000);
    const org = await anOrganisation({ clock });
    for (let day = 1; day <= days; day += 50) {
      await deed(org.owner, day);
      if (day % 100 === 1) await signCheckpoint(org.orgId, clock, 0);
      clock.moveOn({ days: 50 });
    }
    return { ...org, clock };
  }

  it('lets go of what is old enough, up to a checkpoint, from which the rest still verifies', async () => {
    const { owner, orgId, clock } = await longRecord(1_400);
    clock.moveTo(Date.now());
    const before = await inOrg(orgId, (tx) => tx.audit.count({ where: { orgId } }));
    await keepDueAudits(clock);
    const head = await inOrg(orgId, (tx) => tx.auditHead.findUniqueOrThrow({ where: { orgId } }));
    const removed = Number(head.startSize);
    expect(removed).toBeGreaterThan(4);
    const left = await inOrg(orgId, (tx) => tx.audit.findMany({ where: { orgId }, orderBy: { seq: 'asc' } }));
    expect(left[0]?.seq).toBe(BigInt(removed + 1));
    expect(left).toHaveLength(before - removed + 1);
    expect(left.at(-1)).toMatchObject({ act: 'audit.pruned', after: { upTo: removed, entries: removed } });
    await deed(owner);
    clock.moveOn({ minutes: 1 });
    await keepDueAudits(clock);
    const report = await verifyStored(orgId);
    expect(report).toMatchObject({ ok: true, from: removed + 1 });
    const lines: string[] = [];
    for await (const line of exportRecord(orgId)) lines.push(line);
    const verifier = verifyRecord();
    for (const line of lines.toSpliced(2, 1)) verifier.take(line);
    expect(verifier.finish(true).ok).toBe(false);
  });

  it('is refused by the database for what is younger, or where no checkpoint is, whoever asks', async () => {
    const { owner, orgId, clock } = await longRecord(400);
    const pruned = (boundary: number) =>
      inOrg(orgId, (tx) => tx.$queryRaw`SELECT prune_audit(${boundary}::bigint)::text`);
    const [first, second] = await checkpointsOf(owner);
    await expect(pruned(Number(first?.size))).rejects.toThrow('the record is kept for 1095 days');
    await setAuditRetention(owner, { days: 180 });
    await expect(pruned(Number(first?.size) + 1)).rejects.toThrow('no signed checkpoint');
    await expect(pruned(1_000)).rejects.toThrow('does not reach');
    const last = (await checkpointsOf(owner)).at(-1);
    await expect(pruned(Number(last?.size))).rejects.toThrow('the record is kept for 180 days');
    expect(await pruned(Number(second?.size))).toEqual([{ prune_audit: String(second?.size) }]);
    await expect(pruned(Number(second?.size))).rejects.toThrow('does not reach');
    await signCheckpoint(orgId, clock, 0);
    expect(await verifyStored(orgId)).toMatchObject({ ok: true, from: Number(second?.size) + 1 });
    await expect(database.asOwner(`DELETE FROM audit WHERE org_id = '${orgId}'`)).rejects.toThrow(
      'append-only',
    );
  });

  it('is at least 180 days, by the form and by the database', async () => {
    const { owner, person, orgId } = await anOrganisation();
    await setAuditRetention(owner, { days: 200 });
    await expect(setAuditRetention(owner, { days: 179 })).rejects.toThrow(/check constraint|retention/);
    await expect(setAuditRetention(await person('Ada', 'auditor'), { days: 400 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await keepingOf(owner)).retentionDays).toBe(200);
    const entries = await inOrg(orgId, (tx) =>
      tx.audit.findMany({ where: { orgId, act: 'audit.retention_set' } }),
    );
    expect(entries).toMatchObject([{ before: { days: 1095 }, after: { days: 200 } }]);
  });
});
