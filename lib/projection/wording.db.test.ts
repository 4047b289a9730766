import { beforeEach, describe, expect, it } from 'vitest';
import { getDecisions } from '@/lib/decisions/data/list';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { getLane } from '@/lib/lanes/data/lane';
import { getOverview } from '@/lib/lanes/data/overview';
import { inOrg } from '@/lib/platform/db';
import { getTask } from '@/lib/tasks/data/task';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aDecision, aWorld } from '@/lib/testing/world';
import { projectAll } from './projector';
import { rebuildProjections } from './rebuild';

const database = aTestDatabase();
const DAY_MS = 86_400_000;

let org: TestOrganisation;

/** A world of all kinds of tasks; and a team with a lane that is recommended, one that was declined, and one that runs into its ceiling. */
beforeEach(async () => {
  org = await anOrganisation();
  const clean = (count: number, category: string) =>
    Array.from({ length: count }, (_, index) =>
      aTask(`${category}#${index}`)
        .at(STORY_START + index * 60_000)
        .openedBy('codex', { team: 'Growth', category })
        .approvedBy('ana')
        .merged('ana'),
    );
  const declined = aDecision(
    { team: 'growth', category: 'chore' },
    STORY_START + 16 * DAY_MS,
    'walk',
    'lena',
    'decline',
  );
  await theRecord(
    org.ctx,
    aWorld(3),
    ...clean(40, 'docs'),
    ...clean(40, 'chore'),
    ...clean(3, 'unclassified'),
    [declined],
  );
  await projectAll(org.clock);
});

/** Every sentence as a release of before may have written it. */
const reword = () =>
  database.asOwner(`
    UPDATE task SET category_reason = 'Formerly: ' || category_reason, outcome_reason = 'Formerly: ' || outcome_reason,
      anomalies = (SELECT coalesce(array_agg('Formerly: ' || a), '{}') FROM unnest(anomalies) a);
    UPDATE review SET independent_reason = 'Formerly: ' || independent_reason;
    UPDATE lane SET blocker = CASE blocker WHEN '' THEN '' ELSE 'Formerly: ' || blocker END,
      reasons = (SELECT array_agg('Formerly: ' || r) FROM unnest(reasons) r),
      state = CASE WHEN state->'recommendation'->'reasons' IS NULL THEN state
        ELSE jsonb_set(state, '{recommendation,reasons}', '["Formerly so."]') END;
    UPDATE lane_snapshot SET state = CASE WHEN state->'recommendation'->'reasons' IS NULL THEN state
      ELSE jsonb_set(state, '{recommendation,reasons}', '["Formerly so."]') END;
    UPDATE gear_move SET reason = 'Formerly: ' || reason;
    UPDATE recommendation SET reasons = (SELECT array_agg('Formerly: ' || r) FROM unnest(reasons) r)`);

const organisation = { slug: 'acme', name: 'Acme', isSample: false };

async function inTurn<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (const item of items) answers.push(await read(item));
  return answers;
}

/** While nothing has lain idle for long, so that lanes say what stops them; and when what they proved has faded. */
const FRESH = new Date(STORY_START + 40 * DAY_MS);
const FADED = new Date(STORY_START + 365 * DAY_MS);

/** All pages that show such sentences, as somebody reads them then. */
async function pages(now: Date) {
  const { orgId, owner } = org;
  const all = await inOrg(orgId, (tx) => tx.task.findMany({ where: { orgId }, orderBy: { ref: 'asc' } }));
  const odd = all.filter(({ anomalies }) => anomalies.length > 0).slice(0, 5);
  const tasks = [...odd, ...all.filter((_, index) => index % 10 === 0)];
  const lanes = await inOrg(orgId, (tx) => tx.lane.findMany({ where: { orgId } }));
  return {
    tasks: await inTurn(tasks, ({ ref }) => getTask(orgId, ref, now)),
    lanes: await inTurn(lanes, ({ team, category }) => getLane(orgId, organisation, team, category, now)),
    overview: await getOverview(orgId, organisation, now),
    decisions: await getDecisions(orgId, owner.actor, {}, now),
  };
}

describe('after a release that only reworded sentences', () => {
  it('pages show them in its words, whatever stands in the tables', async () => {
    const before = await pages(FRESH);
    const faded = await pages(FADED);
    expect(before.tasks.flatMap((task) => task?.anomalies ?? [])).not.toEqual([]);
    expect(before.overview.waiting[0]?.reasons).toHaveLength(3);
    const blockers = before.lanes.map((lane) => lane?.cell.blocker);
    expect(blockers).toContainEqual(expect.stringContaining('Declined; comes back'));
    await reword();
    const after = await pages(FRESH);
    expect(JSON.stringify(after)).not.toContain('Formerly');
    expect(after).toEqual(before);
    expect(await pages(FADED)).toEqual(faded);
  });

  it('a map says of every lane what its page does', async () => {
    const rows = await inOrg(org.orgId, (tx) => tx.lane.findMany({ where: { orgId: org.orgId } }));
    const { lanes } = await pages(FRESH);
    const said = lanes.flatMap((lane) =>
      lane?.cell.idleSince === null
        ? [[lane.team.slug, lane.category.key, lane.cell.blocker, lane.reasons]]
        : [],
    );
    expect(said.length).toBeGreaterThan(4);
    for (const [team, category, blocker, reasons] of said) {
      const row = rows.find((one) => one.team === team && one.category === category);
      expect([blocker, reasons]).toEqual([row?.blocker, row?.reasons]);
    }
  });

  it('a rebuild proves that everything is equal, and writes the new words', async () => {
    const before = await projectionRows(org.orgId);
    await reword();
    const rebuilt = await rebuildProjections(org.orgId, org.clock);
    expect(Object.entries(rebuilt).filter(([, { equal }]) => !equal)).toEqual([]);
    expect(await projectionRows(org.orgId)).toEqual(before);
  });

  it('what a table means is still compared: a rebuild calls each change of it different', async () => {
    const changes = {
      task: `UPDATE task SET outcome = 'rejected' WHERE outcome = 'approved_unchanged'`,
      review: 'UPDATE review SET independent = NOT independent',
      lane: `UPDATE lane SET verdict = 'promote' WHERE verdict = 'hold'`,
      gear_move: `UPDATE gear_move SET to_gear = 'run'`,
      recommendation: `UPDATE recommendation SET to_gear = 'run'`,
    };
    for (const [table, change] of Object.entries(changes)) {
      await reword();
      await database.asOwner(change);
      const rebuilt = await rebuildProjections(org.orgId, org.clock);
      const different = Object.entries(rebuilt).filter(([, { equal }]) => !equal);
      expect(different.map(([name]) => name)).toEqual([table]);
    }
    // An oddity that is no longer there, or one more, is no rewording either.
    await database.asOwner(`UPDATE task SET anomalies = array_append(anomalies, 'One more.')`);
    expect((await rebuildProjections(org.orgId, org.clock)).task.equal).toBe(false);
  });
});
