import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectAll } from '@/lib/projection/projector';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aWorld } from '@/lib/testing/world';
import { inOrg, inWorkList } from './db';
import { schemaDrift } from './migrate/schema';

const database = aTestDatabase();

/** Tables that are not scoped to an organisation, and why each may be so. */
const UNSCOPED: Readonly<Record<string, string>> = {
  _prisma_migrations: 'the history of the schema; the app has no rights on it',
  audit_due: 'a work list that any process takes from, across organisations',
  clock_run: 'when Gait ran by the clock of the database, which is one for all',
  domain_route: 'which organisation vouches for a domain, asked before anybody is signed in',
  installation: 'the one row that says which organisation this installation opens with',
  delivery_due: 'a work list that any process takes from, across organisations',
  lane_due: 'a work list that any process takes from, across organisations',
  lane_news: 'a work list that any process takes from, across organisations',
  report_due: 'a work list that any process takes from, across organisations',
  projection_work: 'a work list that any process takes from, across organisations',
  rate_limit: 'how often somebody tried something lately, by hashed keys; the app has no rights on it',
  secret_fingerprint: 'the one row that AUTH_SECRET is known by; the app has no rights on it',
};

/** Of those, the ones that carry org_id as what they are about, not as whose they are. */
const KEYED_OTHERWISE = new Set(['domain_route', 'installation', 'projection_work']);

/** Tables that only grow: the app may neither change nor remove a row. */
const APPEND_ONLY = ['event', 'audit', 'audit_checkpoint', 'report', 'report_void', 'decided_recommendation'];

/** Tables from which the app removes no row, and those of which it may change some columns only, `org_id` never. */
const NEVER_REMOVED = new Set([
  'organisation',
  'audit_head',
  'audit_key',
  'audit_keeping',
  'audit_seen',
  'audit_alarm',
]);
const CHANGED_IN_PART = new Set(['audit_head', 'audit_key', 'audit_seen', 'audit_alarm']);

type Table = {
  name: string;
  hasOrg: boolean;
  rls: boolean;
  forced: boolean;
  owner: string;
  stands: boolean;
  policies: { using: string; check: string; roles: string; command: string }[];
  keys: { name: string; columns: string[] }[];
};

/** All tables with what the catalog says of their scope. `keys`: primary key, unique indexes and foreign keys, columns in order. */
async function readCatalog(): Promise<Table[]> {
  return database.asOwner<Table>(`
    SELECT c.relname AS name, c.relrowsecurity AS rls, c.relforcerowsecurity AS forced, c.relowner::regrole::text AS owner,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped) AS "hasOrg",
      EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'organisation_stands' AND t.tgenabled = 'O') AS stands,
      (SELECT coalesce(json_agg(json_build_object('using', p.qual, 'check', p.with_check, 'roles', p.roles::text, 'command', p.cmd)), '[]')
       FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname) AS policies,
      (SELECT coalesce(json_agg(json_build_object('name', k.name, 'columns', k.columns)), '[]') FROM (
        SELECT i.indexrelid::regclass::text AS name, array(
          SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n ORDER BY n) AS columns
        FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique
        UNION ALL
        SELECT f.conname, array(
          SELECT a.attname FROM unnest(f.conkey) WITH ORDINALITY u (attnum, n)
          JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = u.attnum ORDER BY u.n)
        FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'
        UNION ALL
        SELECT f.conname || ' (referenced)', array(
          SELECT a.attname FROM unnest(f.confkey) WITH ORDINALITY u (attnum, n)
          JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = u.attnum ORDER BY u.n)
        FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'
      ) k) AS keys
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`);
}

/** What is wrong with the tables' tenancy, in sentences. */
function problemsOf(tables: readonly Table[]): string[] {
  return tables.flatMap(({ name, hasOrg, rls, forced, owner, stands, policies, keys }) => {
    const said = (wrong: boolean, what: string) => (wrong ? [`${name} ${what}`] : []);
    const unkeyed = keys.filter(({ columns }) => columns[0] !== 'org_id').map((key) => key.name);
    const keyed =
      KEYED_OTHERWISE.has(name) || !hasOrg
        ? []
        : unkeyed.map((key) => `${name}: org_id is not first in ${key}`);
    if (name in UNSCOPED) return keyed;
    const isTenant = (text: string) => text.replaceAll(/[()\s]/g, '') === 'org_id=current_org';
    const guards = policies.every(({ using, check }) => isTenant(using) && isTenant(check));
    const covers = policies.some(({ roles, command }) => roles === '{public}' && command === 'ALL');
    return [
      ...said(!hasOrg, 'has no org_id'),
      ...said(!rls, 'has row-level security off'),
      ...said(!forced, 'does not force row-level security on its owner'),
      ...said(!covers, 'has no policy for all deeds of all roles'),
      ...said(!guards, 'has a policy that lets in more than the organisation of the transaction'),
      ...said(owner === 'gait_app', 'belongs to the role that the app works as'),
      ...said(!stands && name !== 'organisation', 'takes rows of an organisation that is gone'),
      ...keyed,
    ];
  });
}

describe('the catalog', () => {
  it('scopes every table to its organisation, but for those named here with a reason', async () => {
    const tables = await readCatalog();
    expect(tables.length).toBeGreaterThan(20);
    expect(problemsOf(tables)).toEqual([]);
    const unscoped = tables.filter(({ rls }) => !rls).map(({ name }) => name);
    expect(unscoped).toEqual(Object.keys(UNSCOPED).sort());
  });

  it('notices a table that somebody adds without thinking of this', async () => {
    const added = async (sql: string) => {
      await database.asOwner('BEGIN');
      try {
        await database.asOwner(sql);
        return problemsOf(await readCatalog());
      } finally {
        await database.asOwner('ROLLBACK');
      }
    };
    expect(await added('DROP TRIGGER organisation_stands ON task')).toEqual([
      'task takes rows of an organisation that is gone',
    ]);
    expect(await added('CREATE TABLE note (id int PRIMARY KEY)')).toContain('note has no org_id');
    expect(await added('CREATE TABLE note (id int, org_id uuid, PRIMARY KEY (id, org_id))')).toEqual([
      'note has row-level security off',
      'note does not force row-level security on its owner',
      'note has no policy for all deeds of all roles',
      'note takes rows of an organisation that is gone',
      'note: org_id is not first in note_pkey',
    ]);
    expect(await added('CREATE UNIQUE INDEX one_email ON person (email)')).toEqual([
      'person: org_id is not first in one_email',
    ]);
    expect(await added('CREATE POLICY all_see ON person FOR SELECT USING (true)')).toEqual([
      'person has a policy that lets in more than the organisation of the transaction',
    ]);
    expect(await added('ALTER TABLE token NO FORCE ROW LEVEL SECURITY')).toEqual([
      'token does not force row-level security on its owner',
    ]);
  });

  it('gives the role that the app works as no way around it', async () => {
    const [role] =
      await database.asOwner(`SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
      (SELECT count(*)::int FROM pg_auth_members WHERE member = oid) AS memberships,
      (SELECT count(*)::int FROM pg_class WHERE relowner = oid) AS owned,
      has_schema_privilege(oid, 'public', 'CREATE') AS creates
      FROM pg_roles WHERE rolname = 'gait_app'`);
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
      rolreplication: false,
      memberships: 0,
      owned: 0,
      creates: false,
    });
    const truncates =
      await database.asOwner(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
      AND relkind = 'r' AND (has_table_privilege('gait_app', oid, 'TRUNCATE') OR has_table_privilege('gait_app', oid, 'TRIGGER'))`);
    expect(truncates).toEqual([]);
  });

  it('is what prisma/schema says', async () => {
    expect(await schemaDrift(database.url)).toBe('');
  });
});

describe('between two organisations', () => {
  let acme: TestOrganisation;
  let other: TestOrganisation;
  let app: Client;

  beforeAll(async () => {
    [acme, other] = [await anOrganisation(), await anOrganisation({ name: 'Other' })];
    for (const org of [acme, other]) await theRecord(org.ctx, aWorld(1, 30));
    await projectAll(acme.clock);
    await database.asOwner(
      `INSERT INTO audit_checkpoint (org_id, size, root, hash, peaks, note, created_at)
       SELECT org_id, 1, '', '', '', '', now() FROM organisation`,
    );
    await database.asOwner(
      `INSERT INTO decided_recommendation (org_id, id, team, category, from_gear, to_gear, status, opened_at, closed_at, approvals,
         decisions, evidence, policy_version)
       SELECT org_id, gen_random_uuid(), '', '', '', '', '', now(), now(), '[]', '[]', '{}', 1 FROM organisation`,
    );
    await database.asOwner(
      `INSERT INTO report (org_id, team, week, zone, from_at, to_at, frozen_at, policy_version, content, hash)
       SELECT org_id, '', '2026-W47', 'UTC', now(), now(), now(), 1, '{}', '' FROM organisation`,
    );
    await database.asOwner(
      `INSERT INTO report_void (org_id, team, week, edition, voided_at, reason)
       SELECT org_id, team, week, edition, now(), '' FROM report`,
    );
    app = await connect(database.url);
  });
  afterAll(() => app.end());

  /** Runs SQL as the app would, in a transaction scoped to the organisation, or to none. */
  async function asApp(
    org: TestOrganisation | null,
    sql: string,
  ): Promise<{ rows: Record<string, unknown>[]; count: number | null }> {
    await app.query(`BEGIN; SET LOCAL ROLE gait_app; ${org ? `SET LOCAL app.org = '${org.orgId}'` : ''}`);
    try {
      const { rows, rowCount } = await app.query(sql);
      return { rows, count: rowCount };
    } finally {
      await app.query('ROLLBACK');
    }
  }

  const scopedTables = async () => (await readCatalog()).filter(({ rls }) => rls).map(({ name }) => name);

  it('each sees its own rows of every table, and none of the other', async () => {
    for (const table of await scopedTables()) {
      const { rows } = await asApp(acme, `SELECT DISTINCT org_id FROM ${table}`);
      expect(
        rows.filter(({ org_id }) => org_id !== acme.orgId),
        table,
      ).toEqual([]);
    }
    const { rows } = await asApp(acme, 'SELECT count(*)::int AS n FROM event');
    expect(rows[0]?.n).toBeGreaterThan(50);
  });

  it('without an organisation nothing is seen, and an organisation that is none is refused', async () => {
    for (const table of await scopedTables()) {
      expect((await asApp(null, `SELECT FROM ${table}`)).count, table).toBe(0);
    }
    await expect(asApp(null, `SET LOCAL app.org = 'everybody'; SELECT FROM team`)).rejects.toThrow(
      'invalid input syntax for type uuid',
    );
  });

  it('neither can change, remove or write rows of the other', async () => {
    for (const table of await scopedTables()) {
      if (APPEND_ONLY.includes(table)) continue;
      const changed = asApp(acme, `UPDATE ${table} SET org_id = org_id WHERE org_id = '${other.orgId}'`);
      if (CHANGED_IN_PART.has(table)) await expect(changed, table).rejects.toThrow('permission denied');
      else expect((await changed).count, table).toBe(0);
      const removed = asApp(acme, `DELETE FROM ${table} WHERE org_id = '${other.orgId}'`);
      if (NEVER_REMOVED.has(table)) await expect(removed, table).rejects.toThrow('permission denied');
      else expect((await removed).count, table).toBe(0);
      const { rows } = await asApp(acme, `SELECT FROM ${table} LIMIT 1`);
      if (rows.length === 0) continue;
      const moved = asApp(acme, `UPDATE ${table} SET org_id = '${other.orgId}'`);
      const refusal = CHANGED_IN_PART.has(table)
        ? 'permission denied'
        : /row-level security|violates foreign key/;
      await expect(moved, table).rejects.toThrow(refusal);
    }
    for (const [table, columns, values] of [
      ['team', 'slug, name, created_at', `'x', 'x', now()`],
      [
        'event',
        'source, id, type, time, received_at, received_by, data',
        `'s', 'i', 't', now(), now(), 'me', '{}'`,
      ],
      [
        'audit',
        'seq, id, at, actor, act, target, prev_hash, hash',
        `99, gen_random_uuid(), now(), '{}', 'a', 't', '', ''`,
      ],
    ] as const) {
      const written = (org: TestOrganisation) =>
        asApp(acme, `INSERT INTO ${table} (org_id, ${columns}) VALUES ('${org.orgId}', ${values})`);
      expect((await written(acme)).count).toBe(1);
      await expect(written(other), table).rejects.toThrow('row-level security');
    }
  });

  it('the scope ends with its transaction, whether it stands or falls', async () => {
    await inOrg(acme.orgId, (tx) => tx.team.count());
    await expect(inOrg(acme.orgId, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const left = await Promise.all(
      Array.from({ length: 30 }, () =>
        inWorkList(
          (tx) =>
            tx.$queryRaw<
              object[]
            >`SELECT nullif(current_setting('app.org', true), '') AS org, current_user <> session_user AS changed`,
        ),
      ),
    );
    expect(left.flat()).toEqual(Array.from({ length: 30 }, () => ({ org: null, changed: false })));
    await app.query(`BEGIN; SET LOCAL ROLE gait_app; SET LOCAL app.org = '${acme.orgId}'; COMMIT`);
    expect((await asApp(null, 'SELECT FROM team')).count).toBe(0);
  });

  it.each(APPEND_ONLY)(
    '%s only grows: neither the app nor the owner changes or removes a row',
    async (table) => {
      for (const deed of [
        `UPDATE ${table} SET org_id = org_id`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(asApp(acme, deed), deed).rejects.toThrow('permission denied');
        await expect(database.asOwner(deed), deed).rejects.toThrow('append-only');
      }
    },
  );
});

describe('the sample organisation', () => {
  const removed = (org: TestOrganisation) =>
    inOrg(org.orgId, (tx) => tx.$queryRaw`SELECT remove_sample_organisation()::int AS n`);
  const rowsOf = async (org: TestOrganisation) => {
    const tables = (await readCatalog()).filter(({ hasOrg }) => hasOrg).map(({ name }) => name);
    const counts = tables.map(
      (name) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name} WHERE org_id = '${org.orgId}'`,
    );
    return database.asOwner<{ name: string; n: number }>(counts.join(' UNION ALL '));
  };

  it('is removed whole, and nothing of another organisation with it', async () => {
    const sample = await anOrganisation({ isSample: true });
    const real = await anOrganisation();
    for (const org of [sample, real]) await theRecord(org.ctx, aWorld(1, 30));
    await projectAll(sample.clock);
    const before = await rowsOf(real);
    const folded = await projectionRows(real.orgId);
    await removed(sample);
    expect((await rowsOf(sample)).filter(({ n }) => n > 0)).toEqual([]);
    expect(await rowsOf(real)).toEqual(before);
    expect(await projectionRows(real.orgId)).toEqual(folded);
  });

  it('a real one is never removed this way, and cannot become sample data', async () => {
    const real = await anOrganisation();
    const before = await rowsOf(real);
    await expect(removed(real)).rejects.toThrow('only sample data can be removed');
    await expect(inWorkList((tx) => tx.$queryRaw`SELECT remove_sample_organisation()::int`)).rejects.toThrow(
      'only sample data',
    );
    const change = (isSample: boolean) =>
      inOrg(real.orgId, (tx) => tx.organisation.update({ where: { orgId: real.orgId }, data: { isSample } }));
    await expect(change(true)).rejects.toThrow();
    await expect(database.asOwner(`UPDATE organisation SET is_sample = true`)).rejects.toThrow(
      'is_sample never changes',
    );
    expect(await rowsOf(real)).toEqual(before);
  });

  /** Runs SQL as the app in the scope of a real organisation, then asks for its removal. */
  async function removedAfter(sql: (orgId: string) => string): Promise<void> {
    const { orgId } = await anOrganisation();
    const app = await connect(database.url);
    try {
      await app.query(`BEGIN; SET LOCAL ROLE gait_app; SET LOCAL app.org = '${orgId}'`);
      await app.query(sql(orgId));
      await app.query('SELECT remove_sample_organisation()');
    } finally {
      await app.query('ROLLBACK');
      await app.end();
    }
  }

  // Both need SQL of one's own as the app's role.
  it('a temporary table that bears the name of ours does not talk it into removing a real one', async () => {
    const shadow = (orgId: string) =>
      `CREATE TEMP TABLE organisation AS SELECT '${orgId}'::uuid AS org_id, true AS is_sample; GRANT ALL ON organisation TO PUBLIC`;
    await expect(removedAfter(shadow)).rejects.toThrow('only sample data can be removed');
  });

  it('a real one is not made anew as sample data, to be removed then', async () => {
    const anew = (orgId: string) =>
      `DELETE FROM organisation; INSERT INTO organisation VALUES ('${orgId}', 'x', 'x', true, now())`;
    await expect(removedAfter(anew)).rejects.toThrow(/permission denied|only sample data can be removed/);
  });
});
