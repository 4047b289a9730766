import { expect, it } from 'vitest';
import * as events from '@/app/api/v1/events/route';
import { aTask } from '@/lib/domain/testing/builders';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { asCloudEvent, theRecord } from '@/lib/testing/record';

aTestDatabase();

const TAKEN =
  'is taken under this source: the record holds an event with other data, which stays; this one was not kept';

it('an event under a taken id is a conflict when its data differ, and a duplicate when they do not', async () => {
  const { ctx } = await anOrganisation();
  const [first] = aTask('t#1').openedBy('codex', { title: 'One', labels: ['a', 'b'] }).events;
  const [other] = aTask('t#1').openedBy('codex', { title: 'Two' }).events;
  const [new_] = aTask('t#2').openedBy('codex').events;
  if (!first || !other || !new_) throw new Error('A story has a beginning.');
  await theRecord(ctx, [first]);
  const reordered = { ...first, data: JSON.parse(JSON.stringify(first.data)), at: first.at + 1 };
  const { items } = await theRecord(ctx, [
    new_,
    reordered,
    other,
    { ...new_, data: other.data } as typeof new_,
  ]);
  expect(items.map(({ status, code, errors }) => [status, code, errors?.[0]?.message])).toEqual([
    ['accepted', undefined, undefined],
    ['duplicate', undefined, undefined],
    ['rejected', 'conflict', TAKEN],
    ['rejected', 'conflict', TAKEN],
  ]);
});

it('a single event under an id that another has taken is answered 409, and never as if it had been kept', async () => {
  const { ctx, token } = await anOrganisation();
  const story = aTask('c#1').openedBy('codex', { title: 'One' }).merged('rita');
  const [first, merged] = story.events;
  if (!first || !merged) throw new Error('A story has a beginning.');
  await theRecord(ctx, [{ ...first, id: merged.id } as typeof first]);
  const request = new Request('http://gait/api/v1/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(asCloudEvent(merged)),
  });
  const answer = await events.POST(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'conflict', errors: [{ pointer: '/id' }] });
});

it('a conflict is told what differs: its type, its data, or both', async () => {
  const { ctx } = await anOrganisation();
  const story = aTask('d#1').openedBy('codex', { title: 'One' });
  const [first] = story.events;
  const merged = story.merged('rita', { title: 'One' }).events.at(-1);
  if (!first || !merged) throw new Error('A story has a beginning.');
  await theRecord(ctx, [first]);
  const { id, data } = first;
  const { items } = await theRecord(ctx, [
    { ...merged, id, data } as typeof merged,
    { ...merged, id },
    { ...first, data: merged.data } as typeof first,
  ]);
  expect(items.map(({ errors }) => errors?.[0]?.message)).toEqual([
    'is taken under this source: the record holds an event of another type, which stays; this one was not kept',
    'is taken under this source: the record holds an event of another type with other data, which stays; this one was not kept',
    TAKEN,
  ]);
});

it('an accepted event that will count for less than its sender may expect is told so, and others are not', async () => {
  const { ctx } = await anOrganisation();
  const { items } = await theRecord(
    ctx,
    aTask('n#1').openedBy('codex').merged('rita'),
    aTask('n#2').openedBy(null, { category: 'cleanup' }),
  );
  expect(items.map(({ status, note }) => [status, note])).toEqual([
    ['accepted', undefined],
    ['accepted', undefined],
    [
      'accepted',
      'No agent is named, so the task is kept but not counted, unless another event names one. "cleanup" is not a kind of work that Gait knows; Gait sorts the task itself.',
    ],
  ]);
});
