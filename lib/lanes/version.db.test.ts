import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { projectAll } from '@/lib/projection/projector';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { versionOfLanes } from './data/version';

aTestDatabase();

const DAY_MS = 86_400_000;

const opened = (ref: string, team: string, day = 0) =>
  aTask(ref)
    .at(STORY_START + day * DAY_MS)
    .openedBy('codex', { team, category: 'tests' });

async function told(org: TestOrganisation, ...stories: Parameters<typeof theRecord>[1][]): Promise<void> {
  await theRecord(org.ctx, ...stories);
  await projectAll(org.clock);
}

it('changes when the page would show something new, and only then', async () => {
  const org = await anOrganisation();
  const neighbour = await anOrganisation({ name: 'Neighbour' });
  const versions = async () => ({
    map: await versionOfLanes(org.orgId, {}),
    team: await versionOfLanes(org.orgId, { team: 'payments' }),
    lane: await versionOfLanes(org.orgId, { team: 'payments', category: 'tests' }),
  });
  const empty = await versions();
  expect(await versions()).toEqual(empty);

  await told(org, opened('t#1', 'Payments'));
  const first = await versions();
  expect(first.map).not.toBe(empty.map);

  await told(org, opened('t#1', 'Payments').approvedBy('ana').merged('ben'));
  const merged = await versions();
  expect([merged.map === first.map, merged.team === first.team, merged.lane === first.lane]).toEqual([
    false,
    false,
    false,
  ]);

  await told(org, opened('s#1', 'Payments', 1));
  const later = await versions();
  expect(later).toEqual({ ...merged, map: later.map });
  expect(later.map).not.toBe(merged.map);

  await told(neighbour, opened('t#1', 'Payments', 2).approvedBy('ana').merged('ben'));
  expect(await versions()).toEqual(later);
});

it('another team’s work is nothing new to the page of a team', async () => {
  const org = await anOrganisation();
  const payments = { team: 'payments' };
  await told(org, opened('t#1', 'Payments').merged('ben'), opened('s#1', 'Search').merged('ben'));
  const before = await versionOfLanes(org.orgId, payments);
  await told(org, opened('s#2', 'Search', 1).approvedBy('ana').merged('ben'));
  expect(await versionOfLanes(org.orgId, payments)).toBe(before);
});
