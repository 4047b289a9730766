import { afterEach, expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { inOrg, unsafePool } from '@/lib/platform/db';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { projectAll } from './projector';

aTestDatabase();

/** More than one transaction is tried, and fewer than nobody would bear. */
const CONFLICTS = 10;

/** The first writes of rows of this table meet somebody else's, as they may in a database that is SERIALIZABLE. */
async function conflictsOn(table: string): Promise<void> {
  await unsafePool().query(`
    CREATE SEQUENCE conflicts;
    GRANT USAGE ON SEQUENCE conflicts TO PUBLIC;
    CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('conflicts') <= ${CONFLICTS} THEN
        RAISE EXCEPTION 'could not serialize access due to concurrent update' USING ERRCODE = '40001';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER conflict BEFORE INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION conflict()`);
}
afterEach(() =>
  unsafePool().query('DROP FUNCTION IF EXISTS conflict() CASCADE; DROP SEQUENCE IF EXISTS conflicts'),
);

it.each(['task', 'lane'])(
  'evidence that meets write conflicts in %s again and again is tried again, and not set aside as what cannot be folded',
  async (table) => {
    const org = await anOrganisation();
    await theRecord(
      org.ctx,
      aTask('t#1').openedBy('codex', { team: 'Payments' }).approvedBy('ana').merged('ana'),
    );
    await conflictsOn(table);
    let refusals = 0;
    // As the projector does, which waits in between.
    for (;;) {
      try {
        await projectAll(org.clock);
        break;
      } catch (error) {
        refusals += 1;
        expect(error).toMatchObject({ code: 'overloaded' });
      }
    }
    expect(refusals).toBeGreaterThan(0);
    expect(await inOrg(org.orgId, (tx) => tx.projectionWork.count())).toBe(0);
    const { task, lane } = await projectionRows(org.orgId);
    expect([task?.length, lane?.length]).toEqual([1, 1]);
  },
);
