import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';

aTestDatabase();

const NOTE = 'The record holds other data under this source and id; they stand, and this event was not kept.';

it('a duplicate with other data is told so, and one with the same is not', async () => {
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
  expect(items.map(({ status, note }) => [status, note])).toEqual([
    ['accepted', undefined],
    ['duplicate', undefined],
    ['duplicate', NOTE],
    ['duplicate', NOTE],
  ]);
});

it('a duplicate is told what differs: its type, its data, or both', async () => {
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
  expect(items.map(({ note }) => note)).toEqual([
    'The record holds another type under this source and id; it stands, and this event was not kept.',
    'The record holds another type and other data under this source and id; they stand, and this event was not kept.',
    'The record holds other data under this source and id; they stand, and this event was not kept.',
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
