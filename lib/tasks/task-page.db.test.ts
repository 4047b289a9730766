import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { newId } from '@/lib/platform/ids';
import { projectAll } from '@/lib/projection/projector';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { getTask } from './data/task';
import { recordReview } from './mutations';
import { recordReviewSchema } from './schema';

aTestDatabase();

it('each event says how it came: by whose hand, or with which token', async () => {
  const org = await anOrganisation();
  const { id: tokenId } = await org.newToken();
  const token = { kind: 'token', tokenId, name: 'CI', scopes: ['events:write'] } as const;
  const story = aTask('t#1').at(org.clock.now().getTime()).openedBy('codex', { team: 'Payments' });
  await theRecord({ ...org.ctx, actor: token, requestId: newId() }, story);
  const ana = await org.person('Ana', 'member');
  const review = { task: 't#1', reviewer: 'ben', verdict: 'approved', headSha: '' };
  await recordReview(ana, recordReviewSchema.parse(review));
  await theRecord(org.ctx, [
    { ...story.updated({ title: 'x' }).events[1], id: 'later' } as (typeof story.events)[0],
  ]);
  await projectAll(org.clock);
  const page = await getTask(org.orgId, 't#1', org.clock.now());
  expect(page?.events.map(({ summary, receivedFrom }) => [summary, receivedFrom])).toEqual(
    expect.arrayContaining([
      ['Opened by rita', { kind: 'token', name: 'CI' }],
      ['ben approved', { kind: 'hand', name: 'Ana' }],
      ['Updated', { kind: 'job', name: 'test' }],
    ]),
  );
});

it('what Gait was told more than a day late says since when it is known', async () => {
  const org = await anOrganisation();
  const now = org.clock.now();
  const hours = (count: number) => now.getTime() - count * 3_600_000;
  const story = aTask('t#1').at(hours(25)).openedBy('codex').at(hours(23)).approvedBy('ana');
  await theRecord(org.ctx, story);
  await projectAll(org.clock);
  const page = await getTask(org.orgId, 't#1', now);
  expect(page?.events.map(({ knownSince }) => knownSince)).toEqual([now.toISOString(), null]);
});

it('the sample invents when things happened, so it does not call them late', async () => {
  const org = await anOrganisation({ isSample: true });
  const sample = { ...org.ctx, actor: { kind: 'job', name: 'sample' } } as const;
  await theRecord(sample, aTask('t#1').openedBy('codex'));
  await projectAll(org.clock);
  const page = await getTask(org.orgId, 't#1', org.clock.now());
  expect(page?.events).toMatchObject([{ knownSince: null, receivedFrom: null }]);
});

it('a review that is typed once the merge is known says so, though it counts by its time', async () => {
  const clock = aClock(Date.now());
  const org = await anOrganisation({ clock });
  const before = clock.now().getTime() - 3_600_000;
  const story = aTask('t#1').at(before).openedBy('codex', { team: 'Payments' });
  await theRecord(org.ctx, story);
  await projectAll(clock);
  const review = { task: 't#1', verdict: 'approved', headSha: '' };
  await recordReview(org.owner, recordReviewSchema.parse({ ...review, reviewer: 'ben' }));
  clock.moveOn({ hours: 1 });
  await theRecord(org.ctx, story.at(clock.now().getTime()).merged('rita'));
  await projectAll(clock);
  clock.moveOn({ hours: 1 });
  await recordReview(org.owner, recordReviewSchema.parse({ ...review, reviewer: 'ana' }));
  await projectAll(clock);
  const page = await getTask(org.orgId, 't#1', clock.now());
  expect(page?.reviews.map(({ reviewer, hindsight }) => [reviewer, hindsight === null])).toEqual([
    ['ben', true],
    ['ana', false],
  ]);
});
