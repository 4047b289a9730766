import { expect, it } from 'vitest';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { inOrg, type Tx } from './db';

const database = aTestDatabase();

it('two transactions that wait for each other both come to their end', async () => {
  const { orgId } = await anOrganisation();
  await inOrg(orgId, (tx) =>
    tx.team.createMany({
      data: ['a', 'b'].map((slug) => ({ orgId, slug, name: '', createdAt: new Date(0) })),
    }),
  );
  const rename = (tx: Tx, slug: string, add: string) =>
    tx.$executeRaw`UPDATE team SET name = name || ${add} WHERE org_id = ${orgId}::uuid AND slug = ${slug}`;
  let arrived = 0;
  const bothAreHere = async () => {
    arrived += 1;
    while (arrived < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const inOrder = (first: string, second: string) =>
    inOrg(orgId, async (tx) => {
      await rename(tx, first, first);
      await bothAreHere();
      await rename(tx, second, first);
    });
  await Promise.all([inOrder('a', 'b'), inOrder('b', 'a')]);
  expect(arrived, 'one of them was tried again').toBe(3);
  const names = await inOrg(orgId, (tx) => tx.team.findMany({ orderBy: { slug: 'asc' } }));
  expect(names.map(({ name }) => [...name].sort().join(''))).toEqual(['ab', 'ab']);
});

it('a transaction that fails leaves nothing behind', async () => {
  const { orgId } = await anOrganisation();
  const broken = inOrg(orgId, async (tx) => {
    await tx.team.create({ data: { orgId, slug: 'a', name: 'A', createdAt: new Date() } });
    throw new Error('in the middle');
  });
  await expect(broken).rejects.toThrow('in the middle');
  expect(await inOrg(orgId, (tx) => tx.team.count())).toBe(0);
});

it('who waits too long for the lock of somebody else is told to come back', async () => {
  const { orgId } = await anOrganisation();
  const other = await connect(database.url);
  await other.query('BEGIN; LOCK TABLE team IN ACCESS EXCLUSIVE MODE');
  const waits = inOrg(orgId, (tx) => tx.team.count());
  await expect(waits).rejects.toMatchObject({ code: 'overloaded', status: 503 });
  await other.query('ROLLBACK');
  await other.end();
  expect(await inOrg(orgId, (tx) => tx.team.count())).toBe(0);
});

it('a connection that is killed while idle is replaced unnoticed, and one killed at work says unavailable', async () => {
  const { orgId } = await anOrganisation();
  const kill = () =>
    database.asOwner(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gait'`,
    );
  await kill();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await inOrg(orgId, (tx) => tx.team.count())).toBe(0);
  const sleeping = inOrg(orgId, (tx) => tx.$executeRaw`SELECT pg_sleep(5)`);
  setTimeout(() => void kill(), 200);
  await expect(sleeping).rejects.toMatchObject({ code: 'unavailable' });
  expect(await inOrg(orgId, (tx) => tx.team.count())).toBe(0);
});
