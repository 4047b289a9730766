import { expect, it } from 'vitest';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { closeDatabase, enterOrg, inOrg, inWorkList, type Tx } from './db';
import { openPool } from './pool';

const database = aTestDatabase();

it('survives a connection that dies in use, idle, and while the pool closes', async () => {
  const pool = openPool({ connectionString: database.url });
  const client = await pool.connect();
  const died = new Error('terminating connection due to administrator command');
  expect(() => client.emit('error', died)).not.toThrow();
  client.release();
  const other = await pool.connect();
  other.release();
  const ended = pool.end();
  expect(() => other.emit('error', died)).not.toThrow();
  await ended;
});

it('asks a connection for nothing at its start that PgBouncer refuses with its defaults', async () => {
  const { orgId } = await anOrganisation();
  const asked = await inOrg(
    orgId,
    (tx) =>
      tx.$queryRaw<{ name: string }[]>`SELECT name FROM pg_settings WHERE source = 'client' ORDER BY name`,
  );
  // https://www.pgbouncer.org/config.html, track_extra_parameters: besides these, each is an error unless it is to be ignored.
  const taken = [
    'application_name',
    'client_encoding',
    'DateStyle',
    'TimeZone',
    'standard_conforming_strings',
  ];
  expect(asked.map(({ name }) => name).filter((name) => !taken.includes(name))).toEqual([]);
  expect(asked).toContainEqual({ name: 'application_name' });
});

it('bounds each statement all the same', async () => {
  const { orgId } = await anOrganisation();
  const [bound] = await inOrg(
    orgId,
    (tx) => tx.$queryRaw<{ statement_timeout: string }[]>`SHOW statement_timeout`,
  );
  expect(bound).toEqual({ statement_timeout: '25s' });
});

it('reads what is committed, also in a database that is SERIALIZABLE by default', async () => {
  const { orgId } = await anOrganisation();
  const [here] = await database.asOwner<{ name: string }>('SELECT current_database() AS name');
  await database.asOwner(`ALTER DATABASE ${here?.name} SET default_transaction_isolation = 'serializable'`);
  await closeDatabase();
  const ask = (tx: Tx) => tx.$queryRaw<object[]>`SHOW transaction_isolation`;
  expect(await inOrg(orgId, ask)).toEqual([{ transaction_isolation: 'read committed' }]);
  expect(await inWorkList(ask)).toEqual([{ transaction_isolation: 'read committed' }]);
  const entered = inWorkList(async (tx) => {
    await tx.$queryRaw`SELECT 1`;
    await enterOrg(tx, orgId);
    return ask(tx);
  });
  expect(await entered).toEqual([{ transaction_isolation: 'read committed' }]);
});
