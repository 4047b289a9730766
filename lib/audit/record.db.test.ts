import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { type Ctx, vouchForOrg } from '@/lib/platform/ctx';
import { closeDatabase, inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { readMigrations } from '@/lib/platform/migrate/history';
import { projectRoot } from '@/lib/platform/root';
import { createEmptyDatabase } from '@/lib/platform/testing/database';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { recordAudit } from './record';
import { verifyStored } from './verify-stored';

const database = aTestDatabase();

const deed = (ctx: Ctx, number: number) =>
  inOrg(ctx.orgId, (tx) =>
    recordAudit(tx, ctx, { act: 'test.done', target: `test:${number}`, after: { number } }),
  );

const seqs = async (orgId: string) =>
  (
    await database.asOwner<{ seq: string }>(`SELECT seq FROM audit WHERE org_id = '${orgId}' ORDER BY seq`)
  ).map(({ seq }) => Number(seq));

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the chain', () => {
  it('begins with the organisation, and each deed is the next entry', async () => {
    const { orgId, owner } = await anOrganisation();
    await deed(owner, 1);
    const rows = await inOrg(orgId, (tx) => tx.audit.findMany({ where: { orgId }, orderBy: { seq: 'asc' } }));
    expect(rows.map(({ seq, act }) => [Number(seq), act])).toEqual([
      [1, 'organisation.created'],
      [2, 'token.created'],
      [3, 'test.done'],
    ]);
    expect(rows[0]?.actor).toMatchObject({ kind: 'job', authenticatedBy: 'Gait itself' });
    expect(rows[2]?.actor).toMatchObject({ name: 'Olga Owner', authenticatedBy: 'owner link' });
    expect(Buffer.from(rows[2]?.prevHash ?? [])).toEqual(Buffer.from(rows[1]?.hash ?? [1]));
    expect(await verifyStored(orgId)).toMatchObject({ ok: true, entries: 3 });
  });

  it('stays whole under sixteen writers, some of whom give up: no gap, no fork, no broken link', async () => {
    const { orgId, ctx } = await anOrganisation();
    const writers = upTo(16).map(async (writer) => {
      for (let number = 1; number <= 25; number += 1) {
        const fails = (writer + number) % 5 === 0;
        const write = inOrg(orgId, async (tx) => {
          await recordAudit(tx, ctx, { act: 'test.done', target: `test:${writer}/${number}` });
          if (fails) throw new Error('Changed my mind.');
        });
        if (fails) await expect(write).rejects.toThrow('Changed my mind.');
        else await write;
      }
    });
    await Promise.all(writers);
    expect(await seqs(orgId)).toEqual(upTo(2 + 16 * 20));
    expect(await verifyStored(orgId)).toMatchObject({ ok: true, entries: 322 });
  });

  it('holds what was said, whatever it was: what cannot be stored is replaced before it is hashed', async () => {
    const { orgId, ctx } = await anOrganisation();
    const values = {
      nothing: null,
      gone: undefined,
      at: new Date(0),
      tiny: 1e-7,
      large: 1e21,
      half: 0.1 + 0.2,
      zero: -0,
    };
    await inOrg(orgId, (tx) =>
      recordAudit(tx, ctx, {
        act: 'test.done',
        target: 'test:\u0000',
        before: { values, list: [1, [2, { deep: '‮\ud83d' }]], '\ue000': 1, '😀': 2 },
        after: null,
        reason: 'half \udc00',
      }),
    );
    const report = await verifyStored(orgId);
    expect(report.problem).toBeNull();
    const row = await inOrg(orgId, (tx) => tx.audit.findFirstOrThrow({ where: { orgId, act: 'test.done' } }));
    expect(row).toMatchObject({ reason: 'half \ufffd', after: null, target: 'test: ' });
  });

  it('shows when somebody with the owner’s rights has changed a row all the same', async () => {
    const { orgId, ctx } = await anOrganisation();
    for (const number of upTo(5)) await deed(ctx, number);
    const forced = async (sql: string) => {
      await database.asOwner('ALTER TABLE audit DISABLE TRIGGER USER');
      await database.asOwner(sql);
      await database.asOwner('ALTER TABLE audit ENABLE TRIGGER USER');
    };
    await forced(`UPDATE audit SET target = 'test:other' WHERE org_id = '${orgId}' AND seq = 4`);
    expect((await verifyStored(orgId)).problem).toMatchObject({ code: 'changed', seq: 4 });
    await forced(`DELETE FROM audit WHERE org_id = '${orgId}' AND seq = 4`);
    expect((await verifyStored(orgId)).problem).toMatchObject({ code: 'missing', seq: 4 });
    await forced(`DELETE FROM audit WHERE org_id = '${orgId}' AND seq > 3`);
    expect((await verifyStored(orgId)).problem).toMatchObject({ code: 'missing', seq: 4 });
  });
});

describe('a database from before the chain', () => {
  it('has its rows chained by the migration, as the same bytes that Gait hashes', async () => {
    const before = await createEmptyDatabase();
    const client = new Client({ connectionString: before.databaseUrl });
    await client.connect();
    const [orgId, other] = [vouchForOrg(newId()), vouchForOrg(newId())];
    try {
      const migrations = readMigrations(join(projectRoot(), 'prisma', 'migrations'));
      const chain = migrations.findIndex(({ name }) => name.endsWith('_audit_chain'));
      for (const { script } of migrations.slice(0, chain)) await client.query(script);
      const evidence = {
        n: 12,
        level: 0.9523809523809523,
        tiny: 1.5e-7,
        large: 1e21,
        list: [true, null, 'ä"\\\u0001\n</é😀'],
        '': {},
        none: [],
        at: -0.000001,
      };
      for (const [index, org] of [orgId, other, orgId, orgId, orgId, orgId, other].entries()) {
        await client.query(
          `INSERT INTO audit (org_id, id, at, actor, act, target, before, after, reason, request_id, policy_version)
           VALUES ($1, $2, $3, $4, 'recommendation.accepted', 'lane:a/b', $5, $6, $7, $8, $9)`,
          [
            org,
            newId(),
            new Date(1.7e12 - (index % 3) * 1_001),
            { kind: 'job', name: 'x' },
            index % 2 ? { gear: 'walk' } : null,
            JSON.stringify({ ...evidence, index }),
            index % 3 ? 'Since “so”.' : null,
            index % 2 ? null : 'r',
            index % 2 ? 3 : null,
          ],
        );
      }
      await client.query(
        readFileSync(
          join(projectRoot(), 'prisma', 'migrations', migrations[chain]?.name ?? '', 'migration.sql'),
          'utf8',
        ),
      );
      for (const { script } of migrations.slice(chain + 1)) await client.query(script);
      await closeDatabase();
      adoptEnv({ DATABASE_URL: before.databaseUrl });
      expect(await verifyStored(orgId)).toMatchObject({ ok: true, entries: 5, problem: null });
      expect(await verifyStored(other)).toMatchObject({ ok: true, entries: 2, problem: null });
      const head = await inOrg(orgId, (tx) => tx.auditHead.findFirstOrThrow({ where: { orgId } }));
      expect(head.peaks).toHaveLength(64);
    } finally {
      await client.end();
      await closeDatabase();
      adoptEnv({ DATABASE_URL: database.url });
      await before.drop();
    }
  });
});
