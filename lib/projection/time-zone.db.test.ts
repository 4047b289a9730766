import { expect, it } from 'vitest';
import { closeDatabase } from '@/lib/platform/db';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aWorld } from '@/lib/testing/world';
import { projectAll } from './projector';
import { rebuildProjections } from './rebuild';

const database = aTestDatabase();

/** A record in two parts, so that the second is folded onto what was read back from the first. */
async function folded() {
  const org = await anOrganisation();
  const world = aWorld(3, 130).sort((a, b) => a.at - b.at);
  for (const part of [world.slice(0, 300), world.slice(300)]) {
    await theRecord(org.ctx, part);
    await projectAll(org.clock);
  }
  return { org, rows: await projectionRows(org.orgId) };
}

/** Folds under a setting that a database's administrator may have made, and compares with none. */
async function foldsTheSameUnder(...settings: string[]): Promise<void> {
  const { org, rows } = await folded();
  const [{ name } = { name: '' }] = await database.asOwner<{ name: string }>(
    'SELECT current_database() AS name',
  );
  await closeDatabase();
  for (const setting of settings) await database.asOwner(`ALTER DATABASE ${name} SET ${setting}`);
  try {
    expect((await folded()).rows).toEqual(rows);
    const rebuilt = await rebuildProjections(org.orgId, org.clock);
    expect(Object.entries(rebuilt).filter(([, { equal }]) => !equal)).toEqual([]);
    expect(await projectionRows(org.orgId)).toEqual(rows);
  } finally {
    await closeDatabase();
    await database.asOwner(`ALTER DATABASE ${name} RESET ALL`);
  }
}

it('folds the same when the database lives in New York and writes the day before the month', async () => {
  await foldsTheSameUnder(`timezone TO 'America/New_York'`, `datestyle TO 'ISO, DMY'`);
});

it.each([`datestyle TO 'German'`, 'extra_float_digits TO 0'])('folds the same with %s', foldsTheSameUnder);
