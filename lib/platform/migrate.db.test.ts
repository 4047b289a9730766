import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate';
import { readMigrations } from './migrate/history';
import { schemaDrift } from './migrate/schema';
import { projectRoot } from './root';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './testing/database';

const ours = join(projectRoot(), 'prisma', 'migrations');
const names = readMigrations(ours).map(({ name }) => name);
const say = () => undefined;
let folder: string;
let database: TestDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gait-migrations-'));
  cpSync(ours, folder, { recursive: true });
  database = await createEmptyDatabase();
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function add(name: string, script: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), script);
}

async function query<T extends object>(sql: string): Promise<T[]> {
  const client = new Client({ connectionString: database.databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('makes of an empty database what prisma/schema says, and then has nothing to do', async () => {
  expect(await migrate(database.databaseUrl, say)).toEqual({ applied: names });
  expect(await migrate(database.databaseUrl, say)).toEqual({ applied: [] });
  expect(await schemaDrift(database.databaseUrl)).toBe('');
});

it('makes its tables in the schema public, whatever the database looks in first', async () => {
  await query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = first, public', current_database()); END $$;
    CREATE SCHEMA first`);
  expect(await migrate(database.databaseUrl, say)).toEqual({ applied: names });
  expect(await migrate(database.databaseUrl, say)).toEqual({ applied: [] });
  expect(
    await query(`SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname IN ('first', 'public')`),
  ).toEqual([{ schemaname: 'public' }]);
});

it('sees when the database is not what prisma/schema says', async () => {
  await migrate(database.databaseUrl, say);
  await query('ALTER TABLE team DROP COLUMN name');
  expect(await schemaDrift(database.databaseUrl)).toContain('ADD COLUMN     "name"');
});

it('lets replicas that start together take turns', async () => {
  const all = await Promise.all([1, 2, 3].map(() => migrate(database.databaseUrl, say)));
  expect(all.flatMap(({ applied }) => applied).sort()).toEqual(names);
});

it('touches no database that holds the tables of something else', async () => {
  await query('CREATE TABLE theirs (id int)');
  await expect(migrate(database.databaseUrl, say)).rejects.toThrow(
    'The database holds tables that Gait did not make. Give Gait a database of its own, and name it in DATABASE_URL.',
  );
  expect(await query(`SELECT to_regclass('_prisma_migrations') AS history`)).toEqual([{ history: null }]);
});

it('refuses a database that a newer Gait has migrated', async () => {
  add('29990101000000_later', 'CREATE TABLE later (id int);');
  await migrate(database.databaseUrl, say, { folder });
  await expect(migrate(database.databaseUrl, say)).rejects.toThrow(
    'The database is newer than this Gait (it has migration 29990101000000_later). Update Gait, or restore a backup made before the update.',
  );
});

it('refuses when a migration was edited after it was applied, but not for its line endings', async () => {
  add('29990101000000_later', 'CREATE TABLE later (\n  id int\n);\n');
  await migrate(database.databaseUrl, say, { folder });
  add('29990101000000_later', 'CREATE TABLE later (\r\n  id int\r\n);\r\n');
  expect(await migrate(database.databaseUrl, say, { folder })).toEqual({ applied: [] });
  add('29990101000000_later', 'CREATE TABLE later (id bigint);');
  await expect(migrate(database.databaseUrl, say, { folder })).rejects.toThrow(
    'Migration 29990101000000_later was changed after',
  );
});

it('undoes a failing migration whole, says which and why, and goes on once it is mended', async () => {
  const before = `CREATE TABLE half (id int); CREATE FUNCTION two() RETURNS int LANGUAGE sql AS $$ SELECT 1; SELECT 2; $$;`;
  add('29990101000000_half', `${before} INSERT INTO nowhere VALUES (1);`);
  await expect(migrate(database.databaseUrl, say, { folder })).rejects.toThrow(
    /^Migration 29990101000000_half failed and was undone: relation "nowhere" does not exist\./,
  );
  expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
  add('29990101000000_half', before);
  expect(await migrate(database.databaseUrl, say, { folder })).toEqual({ applied: ['29990101000000_half'] });
  expect(await query('SELECT two() AS two')).toEqual([{ two: 2 }]);
});

it('notes that a script ended in the transaction of the script, so that a kill leaves no doubt', async () => {
  add('29990101000000_slow', `CREATE TABLE slow (id int); SELECT pg_terminate_backend(pg_backend_pid());`);
  await expect(migrate(database.databaseUrl, say, { folder })).rejects.toThrow(
    'Migration 29990101000000_slow failed',
  );
  add('29990101000000_slow', 'CREATE TABLE slow (id int);');
  expect(await migrate(database.databaseUrl, say, { folder })).toEqual({ applied: ['29990101000000_slow'] });
});

/** Runs SQL in a session that stays open, as an app that goes on serving. */
async function aSession(): Promise<Client> {
  const client = new Client({ connectionString: database.databaseUrl });
  await client.connect();
  return client;
}

/** Resolves once a session waits for a lock on the table. */
async function someoneWaitsFor(table: string): Promise<void> {
  for (;;) {
    const waiting = await query(
      `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '${table}'::regclass`,
    );
    if (waiting.length > 0) return;
  }
}

const historyOf = (name: string) =>
  query(`SELECT 1 FROM _prisma_migrations WHERE migration_name = '${name}'`);

describe('while an older version serves', () => {
  const later = '29990101000000_later';
  const lines: string[] = [];
  const listen = (line: string) => void lines.push(line);
  let session: Client;

  beforeEach(async () => {
    lines.length = 0;
    await database.drop();
    database = await createTestDatabase();
    await query('CREATE TABLE one (id int); CREATE TABLE two (id int); CREATE SEQUENCE tries');
    session = await aSession();
  });
  afterEach(() => session.end());

  it('a deadlock is tried again, and said', async () => {
    add(later, 'ALTER TABLE one ADD COLUMN more int; ALTER TABLE two ADD COLUMN more int;');
    // It never looks for deadlocks, so the migration is the one that PostgreSQL ends.
    await session.query(`SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE two IN ROW EXCLUSIVE MODE`);
    const migrating = migrate(database.databaseUrl, listen, { folder });
    await someoneWaitsFor('two');
    await session.query('LOCK TABLE one IN ROW EXCLUSIVE MODE');
    await session.query('COMMIT');
    expect(await migrating).toEqual({ applied: [later] });
    expect(lines).toEqual([
      'Applying 1 migration to the database.',
      `Migration ${later} met other work on the database and was undone (deadlock detected). Trying again, 2 of 8.`,
    ]);
  });

  it('a serialization failure is tried again', async () => {
    add(
      later,
      `DO $$ BEGIN IF nextval('tries') < 3 THEN RAISE 'could not serialize' USING ERRCODE = '40001'; END IF; END $$;`,
    );
    expect(await migrate(database.databaseUrl, listen, { folder })).toEqual({ applied: [later] });
    expect(lines).toHaveLength(3);
  });

  it('a table in long use holds up neither whoever else needs it, nor the migration in the end', async () => {
    add(later, 'ALTER TABLE one ADD COLUMN more int;');
    await session.query('BEGIN; LOCK TABLE one IN ACCESS SHARE MODE');
    const migrating = migrate(database.databaseUrl, listen, { folder });
    await someoneWaitsFor('one');
    // Queues behind the migration, and would wait for as long as the other session likes.
    await query('SELECT id FROM one');
    await session.query('COMMIT');
    expect(await migrating).toEqual({ applied: [later] });
    expect(lines[1]).toContain('(canceling statement due to lock timeout). Trying again, 2 of 8.');
  });

  it('what never gets through is given up, leaves nothing behind, and the older version starts', async () => {
    add(later, `CREATE TABLE half (id int); DO $$ BEGIN RAISE 'no' USING ERRCODE = '40001'; END $$;`);
    await expect(migrate(database.databaseUrl, listen, { folder })).rejects.toThrow(
      `Migration ${later} failed and was undone: no. Nothing of it is in the database; start again once the cause is gone.`,
    );
    expect(lines).toHaveLength(8);
    expect(await historyOf(later)).toEqual([]);
    expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    expect(await migrate(database.databaseUrl, say)).toEqual({ applied: [] });
  });

  it('one that is killed midway leaves nothing behind, and the older version starts', async () => {
    add(later, `CREATE TABLE half (id int); SELECT pg_sleep(600);`);
    const migrating = migrate(database.databaseUrl, listen, { folder });
    const sleeping = `FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid() AND datname = current_database()`;
    const ending = expect(migrating).rejects.toThrow(`Migration ${later} failed`);
    while ((await query(`SELECT pg_cancel_backend(pid) ${sleeping}`)).length === 0);
    await ending;
    expect(await historyOf(later)).toEqual([]);
    expect(await migrate(database.databaseUrl, say)).toEqual({ applied: [] });
  });

  it('a note that a migration of a newer version began, and did not end, keeps the older one from nothing', async () => {
    await query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', '${later}')`,
    );
    expect(await migrate(database.databaseUrl, say)).toEqual({ applied: [] });
    add(later, 'CREATE TABLE half (id int);');
    expect(await migrate(database.databaseUrl, say, { folder })).toEqual({ applied: [later] });
    await expect(migrate(database.databaseUrl, say)).rejects.toThrow('The database is newer than this Gait');
  });
});

it('needs no advisory locks', async () => {
  const role = `owner_${Math.random().toString(36).slice(2)}`;
  await query(`REVOKE EXECUTE ON FUNCTION pg_advisory_xact_lock(bigint), pg_advisory_lock(bigint) FROM PUBLIC;
    CREATE ROLE ${role} LOGIN PASSWORD 'x' CREATEROLE; GRANT gait_app TO ${role} WITH ADMIN OPTION;
    ALTER DATABASE "${new URL(database.databaseUrl).pathname.slice(1)}" OWNER TO ${role}; ALTER SCHEMA public OWNER TO ${role}`);
  const url = new URL(database.databaseUrl);
  url.username = role;
  url.password = 'x';
  const all = await Promise.all([1, 2, 3].map(() => migrate(url.href, say)));
  expect(all.flatMap(({ applied }) => applied).sort()).toEqual(names);
  await query(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

it('folds once more what a ref or SEV4 stood in for, and nothing else', async () => {
  const [unsaid] = names.filter((name) => name.endsWith('_unsaid_titles'));
  const later = names.slice(names.indexOf(unsaid ?? ''));
  for (const name of later) rmSync(join(folder, name), { recursive: true });
  await migrate(database.databaseUrl, say, { folder });
  const org = '00000000-0000-7000-8000-000000000001';
  await query(`INSERT INTO organisation (org_id, slug, name, created_at) VALUES ('${org}', 'o', 'O', now());
    INSERT INTO incident (org_id, ref, title, severity, opened_at) VALUES ('${org}', 'i1', 'i1', 'SEV2', now()),
      ('${org}', 'i2', 'Down', 'SEV4', now()), ('${org}', 'i3', 'Down', 'SEV1', now());
    INSERT INTO task (org_id, ref, title, team, category, category_reason, state, last_event_at, outcome_reason, labels, anomalies)
      SELECT '${org}', ref, title, 'web', 'tests', '', 'open', now(), '', '{}', '{}' FROM (VALUES ('t1', 't1'), ('t2', 'fix: x')) t (ref, title)`);
  await migrate(database.databaseUrl, say);
  const work = await query<{ incident_refs: string[]; task_refs: string[] }>(
    'SELECT incident_refs, task_refs FROM projection_work',
  );
  expect(work.flatMap((row) => [...row.incident_refs, ...row.task_refs]).sort()).toEqual(['i1', 'i2', 't1']);
});

it('says of old evidence which team its sender speaks for, and of what the version before goes on writing', async () => {
  const [senders] = names.filter((name) => name.endsWith('_sender_teams'));
  for (const name of names.slice(names.indexOf(senders ?? '')))
    rmSync(join(folder, name), { recursive: true });
  await migrate(database.databaseUrl, say, { folder });
  const org = '00000000-0000-7000-8000-000000000001';
  const token = '00000000-0000-7000-8000-000000000002';
  const insert = (id: string, sender: string, ref: string, facts: object) =>
    query(`INSERT INTO event (org_id, source, id, type, time, received_at, received_by, task_ref, data)
      VALUES ('${org}', 's', '${id}', 'dev.gait.task.opened.v1', now(), now(), '${sender}', '${ref}',
        '${JSON.stringify({ task: { ref, ...facts } })}') ON CONFLICT DO NOTHING`);
  await query(`INSERT INTO organisation (org_id, slug, name, created_at) VALUES ('${org}', 'o', 'O', now());
    INSERT INTO token (org_id, id, name, secret_hash, prefix, scopes, team, created_by, created_at, expires_at)
      VALUES ('${org}', '${token}', 'ci', '', '', '{events:write}', 'search', 'ana', now(), now())`);
  await insert('1', `token:${token}`, 'of a team', { repository: 'acme/shop' });
  await insert('2', 'token:of-everybody', 'as before', { repository: 'acme/shop', team: 'Search' });
  await insert('3', 'import:x', 'github:acme/shop#1', {});
  await insert('4', 'import:x', 'long', { repository: 'acme/shop', team: 'Group Technology / '.repeat(5) });
  await migrate(database.databaseUrl, say);
  await insert('1', `token:${token}`, 'of a team', {});
  await insert('5', `token:${token}`, 'later', {});
  await insert('6', 'token:of-everybody', 'later', {});
  expect(await query('SELECT id, sender_team FROM event ORDER BY id')).toEqual([
    { id: '1', sender_team: 'search' },
    { id: '2', sender_team: '' },
    { id: '3', sender_team: '' },
    { id: '4', sender_team: '' },
    { id: '5', sender_team: 'search' },
    { id: '6', sender_team: '' },
  ]);
  await expect(query("UPDATE event SET data = '{}'")).rejects.toThrow('append-only');
  const work = await query<{ task_refs: string[] }>('SELECT task_refs FROM projection_work');
  expect(work.flatMap((row) => row.task_refs).sort()).toEqual(['github:acme/shop#1', 'long', 'of a team']);
});

it('says where it looked for a database that does not answer', async () => {
  await expect(
    migrate('postgresql://nobody@127.0.0.1:1/gait', say, { patienceMilliseconds: 100 }),
  ).rejects.toThrow(
    'The database "gait" at 127.0.0.1:1 does not answer (ECONNREFUSED). Check DATABASE_URL, and that PostgreSQL runs and can be reached from here.',
  );
});

it('gives every test file a migrated database of its own', async () => {
  const own = await createTestDatabase();
  expect(await migrate(own.databaseUrl, say)).toEqual({ applied: [] });
  await own.drop();
});
