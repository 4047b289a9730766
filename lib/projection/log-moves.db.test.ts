import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { aDecision } from '@/lib/testing/world';
import { logDueMoves } from './log-moves';
import { projectTasks } from './project-tasks';
import { projectAll } from './projector';
import { rebuildProjections } from './rebuild';

aTestDatabase();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const lane = { team: 'payments', category: 'tests' };

const tasks = (name: string, count: number, from: number, isClean = true) =>
  Array.from({ length: count }, (_, index) => {
    const opened = aTask(`${name}#${index}`)
      .at(from + index * 60_000)
      .openedBy('codex', { team: 'Payments', category: 'tests' });
    return isClean ? opened.approvedBy('ana').merged('ana') : opened.closed({ by: 'ana' });
  });

const logOf = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) =>
    tx.loggedMove.findMany({ where: { orgId }, orderBy: [{ since: 'asc' }, { at: 'asc' }] }),
  );

const auditOf = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) => tx.audit.findMany({ where: { orgId, target: 'lane:payments/tests' } }));

/** A lane of 20 tasks that Lena moved to walk. */
async function aWalkingLane() {
  const clock = aClock(STORY_START + 40 * DAY_MS);
  const org = await anOrganisation({ clock });
  const accepted = aDecision(lane, STORY_START + 30 * DAY_MS, 'walk');
  await theRecord(org.ctx, ...tasks('t', 20, STORY_START + 5 * DAY_MS), [accepted]);
  await projectAll(clock);
  return { org, clock };
}

it('an acceptance keeps the evidence that was known, whatever is told later of the time before it', async () => {
  const { org, clock } = await aWalkingLane();
  const before = await logOf(org);
  expect(before).toMatchObject([
    { kind: 'accepted', evidence: { matured: 20 }, reason: expect.stringContaining('from 20 tasks') },
  ]);
  clock.moveOn({ days: 1 });
  await theRecord(org.ctx, ...tasks('older', 21, STORY_START));
  await projectAll(clock);
  const [move] = await inOrg(org.orgId, (tx) => tx.gearMove.findMany({ where: { orgId: org.orgId } }));
  expect(move).toMatchObject({ evidence: { matured: 41 } });
  expect(await logOf(org)).toEqual(before);
  await rebuildProjections(org.orgId, clock);
  expect(await logOf(org)).toEqual(before);
});

it('an acceptance that late evidence voids stays in the log, and the change of gear is told', async () => {
  const { org, clock } = await aWalkingLane();
  clock.moveOn({ days: 1 });
  await theRecord(org.ctx, ...tasks('older', 10, STORY_START, false));
  await projectAll(clock);
  const reason = 'Evidence that came in later no longer supports it.';
  expect(await logOf(org)).toMatchObject([
    { kind: 'accepted', withdrawnReason: reason, withdrawnAt: clock.now() },
    { kind: 'voided', since: clock.now() },
    { kind: 'corrected', fromGear: 'walk', toGear: 'crawl', at: clock.now() },
  ]);
  expect((await auditOf(org)).map(({ act }) => act)).toEqual(['lane.acceptance_voided', 'lane.corrected']);
});

it('half of what came in tells no story: the log waits until all of it is folded', async () => {
  const { org, clock } = await aWalkingLane();
  clock.moveOn({ days: 1 });
  await inOrg(org.orgId, (tx) =>
    tx.laneNews.create({ data: { orgId: org.orgId, ...lane, since: clock.now() } }),
  );
  await theRecord(org.ctx, ...tasks('older', 1, STORY_START));
  expect(await logDueMoves(clock)).toBe(0);
  await projectTasks(clock);
  expect(await logDueMoves(clock), 'the lane is to be advanced first').toBe(0);
  await projectAll(clock);
  expect(await inOrg(org.orgId, (tx) => tx.laneNews.count())).toBe(0);
});
