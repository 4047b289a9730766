import { expect, it } from 'vitest';
import { checkVectors } from '@/lib/domain/trust/vectors';
import { replayLines } from './replay-lines';

const said = (event: object) => () => [...replayLines([{ line: 3, text: JSON.stringify(event) }])];

it.each([
  [{ t: 1, type: 'fly' }, 'line 3: type: must be one of review, revert, incident, accept, tick, reset.'],
  [{ t: 1 }, 'line 3: type: is required.'],
  [{ type: 'tick' }, 'line 3: t: is required.'],
  [{ t: 'x', type: 'tick' }, 'line 3: t: must be a number.'],
  [{ t: 1, type: 'revert', task: '' }, 'line 3: task: must not be empty.'],
  [{ t: 1, type: 'accept', gear: 'fly' }, 'line 3: gear: must be one of crawl, walk, run.'],
])('an event that cannot be replayed is refused in plain words: %j', (event, message) => {
  expect(said(event)).toThrow(message);
});

it('an event that goes back in time is refused with its line, and that of the event before it', () => {
  const lines = [
    { line: 2, text: '{"t":1,"type":"tick"}' },
    { line: 5, text: '{"t":7.5,"type":"tick"}' },
    { line: 6, text: '{"t":7.25,"type":"tick"}' },
  ];
  const replayed = replayLines(lines);
  expect(replayed.next().value).toMatchObject({ line: 2 });
  expect(replayed.next().value).toMatchObject({ line: 5 });
  expect(() => replayed.next()).toThrow(
    expect.objectContaining({
      code: 'invalid',
      message: 'line 6: t 7.25 lies before t 7.5 of line 5. Events must stand in the order of time.',
    }),
  );
});

it.each([
  [{ flights: [] }, 'vectors: (whole file): must not hold flights'],
  [[], 'vectors: (whole file): must be an object'],
  [{ betFactor: [{ u: 'x', x: 1, m: 1, k: 1 }] }, 'vectors: betFactor[0].u: must be a number'],
  [
    { promotionOps: [{ ops: [{ op: 'fly' }] }] },
    'vectors: promotionOps[0].ops[0].op: must be one of matured, reverse, newEpoch',
  ],
  [
    { epochClean: [{ epoch: 1, clean: { 7: 1 } }] },
    'vectors: epochClean[0].clean.7: has a name that is not allowed here',
  ],
  [
    { decay: { halfLifeDays: 60, events: [true], after: [] } },
    'vectors: decay.events[0]: has none of the forms that are allowed here',
  ],
])('a file of other vectors is refused in plain words: %j', (file, message) => {
  expect(() => checkVectors(file)).toThrow(message);
});
