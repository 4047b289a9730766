import { expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aWorld } from '@/lib/testing/world';
import { PROJECTIONS, projectionDigests, SENTENCES } from './digest';
import { projectAll, startProjector } from './projector';
import { rebuildProjections } from './rebuild';

const database = aTestDatabase();

async function aFoldedWorld(seed = 1, tasks?: number) {
  const org = await anOrganisation();
  await theRecord(org.ctx, aWorld(seed, tasks));
  await projectAll(org.clock);
  return org;
}

const digestsOf = ({ orgId }: TestOrganisation) => inOrg(orgId, (tx) => projectionDigests(tx, orgId));

it('the digest of a table changes with any value of any row but a sentence, and of that table alone', async () => {
  const org = await aFoldedWorld(1, 70);
  const before = await digestsOf(org);
  const filled = PROJECTIONS.filter((table) => before[table].rows > 0);
  expect(filled.length).toBeGreaterThan(9);
  for (const table of filled) {
    const columns = await database.asOwner<{ name: string; type: string }>(
      `SELECT attname AS name, atttypid::regtype::text AS type FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND attname <> 'org_id'`,
      [table],
    );
    for (const { name, type } of columns) {
      const after = await digestsIf(
        org,
        `UPDATE ${table} SET ${name} = ${changed(name, type)} WHERE ctid = (SELECT max(ctid) FROM ${table})`,
      );
      const different = PROJECTIONS.filter((other) => after[other].digest !== before[other].digest);
      const isSentence = SENTENCES[table]?.[name] === null;
      expect(different, `${table}.${name}`).toEqual(isSentence ? [] : [table]);
    }
  }
  expect(await digestsOf(org)).toEqual(before);
});

/** The least change of a value, by type. */
function changed(name: string, type: string): string {
  switch (type) {
    case 'timestamp with time zone':
      return `coalesce(${name}, '2026-01-01Z') + interval '1 millisecond'`;
    case 'date':
      return `${name} + 1`;
    case 'double precision':
      return `coalesce(${name}, 0) + 1e-12`;
    case 'integer':
      return `coalesce(${name}, 0) + 1`;
    case 'boolean':
      return `NOT ${name}`;
    case 'uuid':
      return 'gen_random_uuid()';
    case 'jsonb':
      return `jsonb_build_array(${name})`;
    case 'text[]':
      return `array_append(${name}, 'x')`;
    default:
      return `coalesce(${name}, '') || 'x'`;
  }
}

/** The digests as they would be after some SQL, which is undone. */
async function digestsIf({ orgId }: TestOrganisation, sql: string) {
  const answer: { digests?: Awaited<ReturnType<typeof projectionDigests>> } = {};
  const undone = inOrg(orgId, async (tx) => {
    await tx.$executeRawUnsafe(sql);
    answer.digests = await projectionDigests(tx, orgId);
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  if (!answer.digests) throw new Error('There are digests before it is undone.');
  return answer.digests;
}

it('a rebuild yields what was there, also in many small steps, and leaves no work', async () => {
  const org = await aFoldedWorld();
  const before = await projectionRows(org.orgId);
  const steps: [number, number][] = [];
  const rebuilt = await rebuildProjections(org.orgId, org.clock, (done, total) => steps.push([done, total]), {
    perWork: 7,
    perTransaction: 20,
  });
  expect(Object.keys(rebuilt)).toEqual([...PROJECTIONS]);
  for (const [table, { before: rows, after, equal }] of Object.entries(rebuilt)) {
    expect({ table, after, equal }).toEqual({ table, after: rows, equal: true });
  }
  expect(await projectionRows(org.orgId)).toEqual(before);
  const total = steps.at(-1)?.[1] ?? 0;
  expect(total).toBeGreaterThan(25);
  expect(steps.at(-1)).toEqual([total, total]);
  expect(await inOrg(org.orgId, (tx) => tx.projectionWork.count({ where: { orgId: org.orgId } }))).toBe(0);
});

it('a rebuild says which tables were not what the record says, and mends them', async () => {
  const org = await aFoldedWorld();
  const good = await projectionRows(org.orgId);
  await inOrg(org.orgId, async (tx) => {
    await tx.$executeRaw`UPDATE lane SET gear = 'run' WHERE category = 'docs'`;
    await tx.$executeRaw`DELETE FROM review WHERE ref = (SELECT min(ref) FROM review)`;
    await tx.$executeRaw`INSERT INTO task (org_id, ref, title, team, category, category_reason, state, last_event_at, outcome_reason)
      VALUES (${org.orgId}::uuid, 'zzz', 'Nobody reported it', 'search', 'docs', '', 'open', '2026-01-05T10:00:00Z', '')`;
  });
  await inOrg(org.orgId, async (tx) => {
    await tx.$executeRaw`INSERT INTO charge SELECT org_id, ref, 'bogus', team, category, now(), NULL, now(), 1 FROM task WHERE ref = 'github:acme/web#1'`;
    await tx.$executeRaw`INSERT INTO observation SELECT org_id, ref, team, category, now(), 'rejected', 0, false, true, false FROM task WHERE ref = 'zzz'`;
    await tx.$executeRaw`UPDATE incident SET severity = 'SEV4' WHERE severity = 'SEV1'`;
    await tx.$executeRaw`INSERT INTO incident_link SELECT org_id, ref, 'zzz', 'confirmed', 1, now(), 'x' FROM incident LIMIT 1`;
    await tx.$executeRaw`INSERT INTO lane_week SELECT org_id, team, category, '1999-01-04', 9, 9, 9, 9, 9, 9, NULL, 'run' FROM lane WHERE category = 'docs' LIMIT 1`;
  });
  const rebuilt = await rebuildProjections(org.orgId, org.clock);
  const wrong = Object.entries(rebuilt).filter(([, { equal }]) => !equal);
  const differences = wrong.map(([table, { before, after }]) => [table, before - after]);
  expect(Object.fromEntries(differences)).toEqual({
    task: 1,
    review: -1,
    incident: 0,
    incident_link: 1,
    observation: 1,
    charge: 1,
    lane: 0,
    lane_week: 1,
  });
  expect(await projectionRows(org.orgId)).toEqual(good);
});

it('a rebuild that is broken off is finished by whoever projects next', async () => {
  const org = await aFoldedWorld();
  const before = await projectionRows(org.orgId);
  const broken = rebuildProjections(org.orgId, org.clock, () => {
    throw new Error('pulled the plug');
  });
  await expect(broken).rejects.toThrow('pulled the plug');
  expect(await projectionRows(org.orgId)).not.toEqual(before);
  await projectAll(org.clock);
  expect(await projectionRows(org.orgId)).toEqual(before);
});

it('a rebuild under a running server, with evidence coming in, ends with what the record says', async () => {
  const world = aWorld(4);
  const org = await anOrganisation();
  const other = await aFoldedWorld(2);
  const others = await projectionRows(other.orgId);
  await theRecord(org.ctx, world.slice(0, 400));
  const projectors = [startProjector(org.clock), startProjector(org.clock)];
  const rebuilding = rebuildProjections(org.orgId, org.clock, () => {}, { perWork: 10, perTransaction: 30 });
  for (let at = 400; at < world.length; at += 20) await theRecord(org.ctx, world.slice(at, at + 20));
  await rebuilding;
  const again = rebuildProjections(org.orgId, org.clock);
  await again;
  await Promise.all(projectors.map((projector) => projector.stop()));
  await projectAll(org.clock);
  const reference = await anOrganisation();
  await theRecord(reference.ctx, world);
  await projectAll(reference.clock);
  expect(await projectionRows(org.orgId)).toEqual(await projectionRows(reference.orgId));
  expect(await projectionRows(other.orgId)).toEqual(others);
});
