import { expect, it } from 'vitest';
import { foldLane } from '@/lib/domain/lane/fold-lane';
import { createLane, encodeLane } from '@/lib/domain/lane/lane-state';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { aWorld } from '@/lib/testing/world';
import { readEntries } from './lane-entries';
import { lanesAt } from './lanes-at';
import { projectAll } from './projector';
import { policyOf, rulesFor } from './rules';

aTestDatabase();

const DAY_MS = 86_400_000;
const NO_LOG = { move() {}, open() {}, close() {}, week() {}, snapshot() {} };

it('a lane just before an instant is all that came before it, folded from the beginning', {
  timeout: 60_000,
}, async () => {
  const instants = [20, 41.5, 60, 75, 500].map((day) => STORY_START + day * DAY_MS);
  const org = await anOrganisation({ clock: aClock(STORY_START + 200 * DAY_MS) });
  await theRecord(org.ctx, aWorld(7, 900));
  await projectAll(org.clock);
  await inOrg(org.orgId, async (tx) => {
    const policy = await policyOf(tx, org.orgId);
    const categories = await tx.category.findMany({ where: { orgId: org.orgId } });
    const rulesOf = (key: string) =>
      rulesFor(policy, categories.find((one) => one.key === key) ?? { risk: 'high', ceiling: 'crawl' });
    const lanes = await tx.lane.findMany({
      where: { orgId: org.orgId },
      select: { team: true, category: true },
    });
    expect(await tx.laneSnapshot.count(), 'there is something to begin at').toBeGreaterThan(0);
    const states = await lanesAt(tx, org.orgId, lanes, rulesOf, instants);
    const readers = lanes.map((lane) => ({ key: { orgId: org.orgId, ...lane }, after: 0 }));
    const all = await readEntries(tx, org.orgId, readers, 10_000);
    for (const [n, lane] of lanes.entries())
      for (const [m, instant] of instants.entries()) {
        const state = createLane();
        const before = (all[n]?.entries ?? []).filter(({ at }) => at < instant);
        foldLane(state, before, instant - 1, rulesOf(lane.category), NO_LOG);
        const found = states[n]?.[m];
        const { entriesAtSnapshot: _, ...expected } = encodeLane(state);
        expect(found && encodeLane(found), `${lane.team}/${lane.category}`).toMatchObject(expected);
      }
  });
});
