import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { seededRandom } from '@/lib/domain/trust/testing';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aWorld, inBatches, shuffled } from '@/lib/testing/world';
import { projectAll } from './projector';
import { rebuildProjections } from './rebuild';

aTestDatabase();

const DAY_MS = 86_400_000;

async function inOnePass(events: ReturnType<typeof aWorld>) {
  const org = await anOrganisation();
  await theRecord(org.ctx, events);
  await projectAll(org.clock);
  return projectionRows(org.orgId);
}

it('yields the same rows in whatever order and batches the events come, with one projector or three', {
  timeout: 60_000,
}, async () => {
  for (const [seed, loops] of [
    [1, 1],
    [2, 2],
    [3, 3],
  ] as const) {
    const world = aWorld(seed);
    const random = seededRandom(seed);
    const org = await anOrganisation();
    for (const batch of inBatches(shuffled(world, random), random, 90)) {
      await theRecord(org.ctx, batch);
      if (random() < 0.6) await Promise.all(Array.from({ length: loops }, () => projectAll(org.clock)));
    }
    await Promise.all(Array.from({ length: loops }, () => projectAll(org.clock)));
    expect(await projectionRows(org.orgId), `seed ${seed}`).toEqual(await inOnePass(world));
  }
});

it('yields the same rows when the clock moves on day by day as when it looks back once', async () => {
  const world = aWorld(5).sort((a, b) => a.at - b.at);
  const clock = aClock(STORY_START);
  const org = await anOrganisation({ clock });
  for (let day = 0, next = 0; day < 120; day += 3) {
    clock.moveTo(STORY_START + day * DAY_MS);
    const due = world.slice(next).filter(({ at }) => at <= clock.now().getTime());
    next += due.length;
    await theRecord(org.ctx, due);
    await projectAll(clock);
  }
  clock.moveTo(aClock().now().getTime());
  await projectAll(clock);
  expect(await projectionRows(org.orgId)).toEqual(await inOnePass(world));
});

it('replays a long lane from a snapshot, and yields what one pass yields', async () => {
  const stories = Array.from({ length: 620 }, (_, number) =>
    aTask(`github:acme/web#${number}`)
      .at(STORY_START + Math.floor(number / 2) * 3_600_000)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  const events = stories.flatMap((story) => [...story.events]);
  const late = events.filter((_, index) => index % 97 === 5);
  const org = await anOrganisation();
  await theRecord(
    org.ctx,
    events.filter((event) => !late.includes(event)),
  );
  await projectAll(org.clock);
  for (const batch of inBatches(shuffled(late, seededRandom(7)), seededRandom(8), 6)) {
    await theRecord(org.ctx, batch);
    await projectAll(org.clock);
  }
  // Two at once, one from before all snapshots and one from after them: the earlier one counts.
  const ends = [STORY_START + 90_000, STORY_START + 309.5 * 3_600_000].map((at, index) =>
    aTask(`github:acme/${'az'[index]}`)
      .at(at)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  await theRecord(org.ctx, ...ends);
  await projectAll(org.clock);
  events.push(...ends.flatMap((story) => [...story.events]));
  const rows = await projectionRows(org.orgId);
  expect(rows.lane_snapshot).toHaveLength(2);
  expect(rows).toEqual(await inOnePass(events));
  const rebuilt = await rebuildProjections(org.orgId, org.clock);
  expect(Object.values(rebuilt).every(({ equal }) => equal)).toBe(true);
});
