import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signCheckpoint } from '@/lib/audit/checkpoint';
import { verifyStored } from '@/lib/audit/verify-stored';
import { overwriteFingerprint } from '@/lib/platform/auth-secret';
import { closeDatabase, inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { migrate, migrationsFolder } from '@/lib/platform/migrate';
import { readMigrations } from '@/lib/platform/migrate/history';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '@/lib/platform/testing/database';
import { temporaryHome } from '@/lib/platform/testing/home';
import { projectAll } from '@/lib/projection/projector';
import { openSession } from '@/lib/sessions/mutations';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { aWorld } from '@/lib/testing/world';
import { backUp } from './back-up';
import { verifyRestored } from './mutations';
import { restoreBackup } from './restore';

const database = aTestDatabase();
const SECRET = 's'.repeat(40);
const folder = temporaryHome();
const file = join(folder, 'gait.backup');
const never = new AbortController().signal;
let acme: TestOrganisation;
let other: TestOrganisation;
let targets: TestDatabase[] = [];

beforeAll(async () => {
  adoptEnv({ AUTH_SECRET: SECRET });
  [acme, other] = [await anOrganisation(), await anOrganisation({ name: 'Other' })];
  for (const { ctx } of [acme, other]) await theRecord(ctx, aWorld(1, 30));
  await projectAll(acme.clock);
  await overwriteFingerprint(SECRET, acme.clock);
  await database.asOwner(
    `INSERT INTO installation (id, org_id, created_at) VALUES (1, '${acme.orgId}', now())`,
  );
  await signCheckpoint(acme.orgId, acme.clock, 0);
  const { owner } = acme;
  await inOrg(acme.orgId, (tx) =>
    openSession(tx, owner, owner.actor.personId, { via: 'owner link', userAgent: 'a\tb\n\\.\n\\N' }),
  );
  await backUp(database.url, file, { now: new Date(), signal: never });
});
afterAll(async () => {
  for (const target of targets) await target.drop();
  rmSync(folder, { recursive: true });
});

async function aTarget(make: () => Promise<TestDatabase> = createTestDatabase): Promise<string> {
  const target = await make();
  targets = [...targets, target];
  return target.databaseUrl;
}

const restored = (url: string, from = file, { secret }: { secret?: string | null } = { secret: SECRET }) =>
  restoreBackup(url, from, { secret, signal: never, say: () => {} });

/** A SHA-256 over the rows of each table, whatever their order; without what a restore changes on purpose. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const client: Client = await connect(url);
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND relname NOT IN ('_prisma_migrations', 'rate_limit', 'sign_in_attempt') ORDER BY relname`,
    );
    const content: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(
        `SELECT (to_jsonb(t) - 'ended_at' - 'used_at')::text COLLATE "C" AS line FROM ${name} t ORDER BY 1`,
      );
      content[name] = `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`;
    }
    return content;
  } finally {
    await client.end();
  }
}

/** What the schema allows and guards: policies forced, and triggers on. */
async function guardsOf(url: string): Promise<object[]> {
  const client = await connect(url);
  try {
    const { rows } = await client.query(
      `SELECT relname, relrowsecurity, relforcerowsecurity,
         array(SELECT tgname || ' ' || tgenabled::text FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal ORDER BY tgname) AS triggers
       FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

const isEmpty = async (url: string) =>
  Object.values(await contentOf(url)).every((content) => content.startsWith('0 '));

/** Runs `work` with the app on another database. */
async function onDatabase<T>(url: string, work: () => Promise<T>): Promise<T> {
  await closeDatabase();
  adoptEnv({ DATABASE_URL: url });
  try {
    return await work();
  } finally {
    await closeDatabase();
    adoptEnv({ DATABASE_URL: database.url });
  }
}

describe('a backup', () => {
  it('is a file for its owner alone, and holds all tables but those that mean nothing later', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['gait.backup']);
    const text = gunzipSync(readFileSync(file)).toString('latin1');
    const header = JSON.parse(text.slice(512, text.indexOf('\0', 512))) as { tables: { name: string }[] };
    const all = Object.keys(await contentOf(database.url));
    expect(header.tables.map(({ name }) => name).sort()).toEqual([...all, 'sign_in_attempt'].sort());
    expect(text).not.toContain(SECRET);
    const sequences = await database.asOwner(
      `SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`,
    );
    expect(sequences, 'a restore sets none').toEqual([]);
  });

  it('never takes the place of a file, and leaves nothing behind when it fails or is stopped', async () => {
    const before = readFileSync(file);
    const options = { now: new Date(), signal: never };
    await expect(backUp(database.url, file, options)).rejects.toMatchObject({ code: 'bad_request' });
    expect(readFileSync(file).equals(before)).toBe(true);
    await expect(backUp(database.url, join(folder, 'none', 'x'), options)).rejects.toMatchObject({
      message: expect.stringContaining('its folder is not there'),
    });
    const stop = new AbortController();
    const stopped = backUp(database.url, join(folder, 'stopped'), {
      now: new Date(),
      signal: stop.signal,
      onProgress: () => {},
    });
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ message: 'Stopped: no backup was written.' });
    expect(readdirSync(folder)).toEqual(['gait.backup']);
  });

  it('taken by a user that row-level security binds, holds the same', async () => {
    const client = await connect(database.url);
    await client.query(`CREATE ROLE plain_owner LOGIN PASSWORD 'p'; GRANT gait_app TO plain_owner;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain_owner`);
    const url = new URL(database.url);
    [url.username, url.password] = ['plain_owner', 'p'];
    const plain = join(folder, 'plain');
    try {
      await backUp(url.href, plain, { now: new Date(), signal: never });
      const target = await aTarget();
      await restored(target, plain);
      expect(await contentOf(target)).toEqual(await contentOf(database.url));
    } finally {
      rmSync(plain, { force: true });
      await client.query('DROP OWNED BY plain_owner; DROP ROLE plain_owner');
      await client.end();
    }
  });
});

describe('restored', () => {
  it.each([
    ['a migrated database', createTestDatabase],
    ['one without tables', createEmptyDatabase],
  ])('into %s, it is all there, guarded as before, and its audit logs verify', async (_what, make) => {
    const target = await aTarget(make);
    const said = await restored(target);
    expect(said).toMatchObject({ organisations: 2, sessionsEnded: 1, messagesWaiting: expect.any(Number) });
    expect(await contentOf(target)).toEqual(await contentOf(database.url));
    expect(await guardsOf(target)).toEqual(await guardsOf(database.url));
    await onDatabase(target, async () => {
      for (const { orgId } of [acme, other]) expect(await verifyStored(orgId)).toMatchObject({ ok: true });
      const open = await inOrg(acme.orgId, (tx) => tx.session.count({ where: { endedAt: null } }));
      expect(open).toBe(0);
    });
  });

  it('by an owner that is no superuser, it is all there', async () => {
    const target = await aTarget(createEmptyDatabase);
    const name = new URL(target).pathname.slice(1);
    await database.asOwner(`CREATE ROLE other_owner LOGIN PASSWORD 'p'; GRANT gait_app TO other_owner`);
    const url = new URL(target);
    [url.username, url.password] = ['other_owner', 'p'];
    try {
      await database.asOwner(`ALTER DATABASE ${name} OWNER TO other_owner`);
      await restored(url.href);
      expect(await contentOf(target)).toEqual(await contentOf(database.url));
      expect(await guardsOf(target)).toEqual(await guardsOf(database.url));
      await expect(restored(url.href)).rejects.toThrow('not empty');
    } finally {
      const client = await connect(target);
      await client.query('REASSIGN OWNED BY other_owner TO CURRENT_USER; DROP OWNED BY other_owner');
      await client.end();
      await database.asOwner('DROP OWNED BY other_owner; DROP ROLE other_owner');
    }
  });

  it('each audit log is verified, and says then that it was restored', async () => {
    const target = await aTarget();
    const said = await restored(target);
    await onDatabase(target, async () => {
      const logs = await verifyRestored(said, acme.clock);
      expect(logs.map(({ problem }) => problem)).toEqual([null, null]);
      expect(logs.map(({ orgId }) => orgId).sort()).toEqual([acme.orgId, other.orgId].sort());
      const last = await inOrg(acme.orgId, (tx) => tx.audit.findFirst({ orderBy: { seq: 'desc' } }));
      expect(last).toMatchObject({ act: 'backup.restored', target: `backup:${said.takenAt}` });
    });
  });

  it('one of an older Gait is loaded into the schema it was made with, and migrated from there; one of a newer is refused', async () => {
    const migrations = join(folder, 'migrations');
    cpSync(migrationsFolder(), migrations, { recursive: true });
    mkdirSync(join(migrations, '20991231000000_later'));
    writeFileSync(
      join(migrations, '20991231000000_later', 'migration.sql'),
      `ALTER TABLE installation ADD COLUMN told TEXT; UPDATE installation SET told = 'from ' || org_id; ALTER TABLE installation ALTER told SET NOT NULL;`,
    );
    const ahead = await aTarget();
    await migrate(ahead, () => {}, { folder: migrations });
    const options = { secret: SECRET, signal: never, say: () => {}, folder: migrations };
    await expect(restoreBackup(ahead, file, options)).rejects.toThrow('of an older Gait');

    const target = await aTarget(createEmptyDatabase);
    await restoreBackup(target, file, options);
    const client = await connect(target);
    const { rows } = await client.query('SELECT told FROM installation');
    await client.end();
    expect(rows).toEqual([{ told: `from ${acme.orgId}` }]);

    const newer = join(folder, 'newer');
    await backUp(target, newer, { now: new Date(), signal: never });
    await expect(restored(await aTarget(), newer)).rejects.toThrow(
      `${newer} was made by a newer Gait (0.1.0, with migration 20991231000000_later). Update Gait, then restore.`,
    );
    for (const path of [migrations, newer]) rmSync(path, { recursive: true });
  });

  it('one that was made before there were fingerprints of secrets is restored, too', async () => {
    const all = readMigrations(migrationsFolder()).map(({ name }) => name);
    const before = all.slice(0, all.indexOf('20261201150000_secret_fingerprint'));
    const older = await aTarget(createEmptyDatabase);
    await migrate(older, () => {}, { only: before });
    const path = join(folder, 'older');
    const taking = () => backUp(older, path, { now: new Date(), signal: never });
    await expect(taking()).rejects.toMatchObject({ code: 'not_found' });
    const client = await connect(older);
    await client.query(
      `INSERT INTO installation (id, org_id, created_at) VALUES (1, '${acme.orgId}', now())`,
    );
    await client.end();
    await taking();
    const target = await aTarget(createEmptyDatabase);
    await restored(target, path, {});
    expect(await guardsOf(target)).toEqual(await guardsOf(database.url));
    rmSync(path);
  });

  it('stopped half-way, nothing of it is there, and it can be restored then', async () => {
    const target = await aTarget();
    const stop = new AbortController();
    const stopped = restoreBackup(target, file, {
      secret: SECRET,
      signal: stop.signal,
      say: () => {},
      onProgress: () => stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ message: 'Stopped: nothing was restored.' });
    expect(await isEmpty(target)).toBe(true);
    await restored(target);
  });

  it('it is refused by a database that holds something already', async () => {
    const target = await aTarget();
    await restored(target);
    const before = await contentOf(target);
    await expect(restored(target)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('not empty'),
    });
    expect(await contentOf(target)).toEqual(before);
  });

  it('it is refused with another AUTH_SECRET or none, unless somebody says that it is lost', async () => {
    const target = await aTarget();
    await expect(restored(target, file, { secret: 'x'.repeat(40) })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(restored(target, file, {})).rejects.toThrow('there is none here');
    expect(await isEmpty(target)).toBe(true);
    await restored(target, file, { secret: null });
  });

  /** The archive with something replaced, packed anew. */
  const changed = (name: string, change: (bytes: Buffer) => Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, gzipSync(change(gunzipSync(readFileSync(file)))));
    return path;
  };
  const replaced = (from: string, to: string) => (bytes: Buffer) =>
    Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');

  it.each([
    ['cut short', () => cutAt(0.6), 'not a whole backup'],
    ['cut short by its last bytes', () => cutAt(1, -9), 'not a whole backup'],
    ['empty', () => cutAt(0), 'not a whole backup'],
    ['of another kind', () => written('text', 'id,title\n1,x\n'), 'not a whole backup'],
    ['another archive', () => written('other', gzipSync('hello')), 'not a whole backup'],
    [
      'with a changed row',
      () => changed('row', replaced('Olga Owner', 'Olga Other')),
      'rows of [a-z_]+ are not those',
    ],
    [
      'with an added end',
      () => changed('end', (bytes) => Buffer.concat([bytes.subarray(0, 512), bytes])),
      'not a whole backup',
    ],
    ['of a newer form', () => changed('form', replaced('"format": 1', '"format": 9')), 'newer Gait'],
    [
      'of a newer release',
      () => changed('newer', replaced('20261122000000_first', '20991122000000_first')),
      'newer Gait',
    ],
    ['a folder', () => folder, 'is a folder'],
    ['that is not there', () => join(folder, 'nowhere'), 'There is no file'],
  ])('a file %s is refused in one sentence, and nothing is restored', async (_what, make, sentence) => {
    const target = await aTarget();
    const path = make();
    await expect(restored(target, path)).rejects.toMatchObject({
      name: 'AppError',
      message: expect.stringMatching(new RegExp(`^[^\\n]*${sentence}[^\\n]*\\.$`)),
    });
    expect(await isEmpty(target)).toBe(true);
    if (path !== folder && existsSync(path)) rmSync(path);
  });

  function written(name: string, content: string | Buffer): string {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }
  function cutAt(share: number, less = 0): string {
    const bytes = readFileSync(file);
    return written('cut', bytes.subarray(0, Math.floor(bytes.length * share) + less));
  }
});
