import { expect, it } from 'vitest';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { seededRandom } from '@/lib/domain/trust/testing';
import { projectAll } from '@/lib/projection/projector';
import { rebuildProjections } from '@/lib/projection/rebuild';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { eventsIn, theRecord } from '@/lib/testing/record';
import { aWorld, inBatches, shuffled } from '@/lib/testing/world';
import { listAgents } from './data';

const database = aTestDatabase();

const DAY_MS = 86_400_000;
const onDay = (day: number) => new Date(STORY_START + day * DAY_MS).toISOString();

async function seenBy({ orgId }: TestOrganisation) {
  const { items } = await listAgents(orgId);
  return Object.fromEntries(
    items.map(({ key, firstSeenAt, lastSeenAt }) => [key, [firstSeenAt, lastSeenAt]]),
  );
}

it('an agent is seen when it works, not when people review, merge, sort or charge what it did', async () => {
  const org = await anOrganisation();
  const opened = aTask('t#1').openedBy('codex', { team: 'Payments', category: 'tests' });
  const pushed = opened.at(STORY_START + 2 * DAY_MS).pushed();
  const decided = pushed
    .at(STORY_START + 3 * DAY_MS)
    .approvedBy('ana')
    .pushed('ana')
    .merged('ana');
  const sorted = decided.at(STORY_START + 9 * DAY_MS).classifiedAs('docs');
  const incident = anIncident()
    .at(STORY_START + 10 * DAY_MS)
    .opened('SEV3')
    .linkedTo('t#1', 'confirmed', { by: 'lena' });
  await theRecord(org.ctx, sorted, incident);
  await projectAll(org.clock);
  expect(await seenBy(org)).toEqual({ codex: [onDay(0), onDay(2)] });
});

it('when agents were seen depends neither on the order of arrival nor on a rebuild', {
  timeout: 60_000,
}, async () => {
  const late = aTask('late').at(STORY_START + DAY_MS);
  // Reports that contradict each other on the agent, and one that comes without its opening.
  const told = [
    aWorld(4, 60),
    eventsIn([late.openedBy('devin').merged('ana', { agent: { key: 'jules' } })]),
    eventsIn([
      aTask('cut')
        .at(STORY_START)
        .merged('ana', { agent: { key: 'devin' } }),
    ]),
  ].flat();
  const seen: unknown[] = [];
  for (const seed of [1, 2, 3]) {
    const org = await anOrganisation();
    const random = seededRandom(seed);
    for (const batch of inBatches(shuffled(told, random), random, 25)) {
      await theRecord(org.ctx, batch);
      await projectAll(org.clock);
    }
    seen.push(await seenBy(org));
    await database.asOwner(`UPDATE agent SET first_seen_at = '2001-01-01' WHERE org_id = '${org.orgId}'`);
    await rebuildProjections(org.orgId, org.clock);
    seen.push(await seenBy(org));
  }
  expect(Object.keys(seen[0] ?? {}).sort()).toEqual(['claude-code', 'codex', 'devin', 'jules']);
  for (const other of seen) expect(other).toEqual(seen[0]);
});

it('an agent has the name that evidence gives it, until somebody registers it', async () => {
  const org = await anOrganisation();
  const told = (ref: string, agent: { key: string; name?: string; model?: string }) =>
    aTask(ref).openedBy(null, { agent, team: 'Payments' });
  const seen = async () =>
    (await listAgents(org.orgId)).items.map(({ key, name, model }) => ({ key, name, model }));
  await theRecord(org.ctx, told('t#1', { key: 'claude-code' }), told('t#2', { key: 'codex', name: 'Codex' }));
  await projectAll(org.clock);
  expect(await seen()).toEqual([
    { key: 'codex', name: 'Codex', model: null },
    { key: 'claude-code', name: 'claude-code', model: null },
  ]);
  await theRecord(org.ctx, told('t#3', { key: 'claude-code', name: 'Claude Code', model: 'opus' }));
  await theRecord(org.ctx, told('t#4', { key: 'codex', name: 'Another name' }));
  await projectAll(org.clock);
  expect(await seen()).toEqual([
    { key: 'claude-code', name: 'Claude Code', model: 'opus' },
    { key: 'codex', name: 'Codex', model: null },
  ]);
});
