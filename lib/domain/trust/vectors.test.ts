import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkVectors } from './vectors';
import sample from './vectors.sample.json';

// A larger file, worked out independently with 60 digits, lies beside the checkout on some machines.
const independent = resolve(process.cwd(), '../shared/trust/vectors.json');
const isThere = existsSync(independent);
if (!isThere) console.warn(`skipped: no independent test vectors at ${independent}`);

describe('test vectors', () => {
  it('of our own all pass', () => {
    const { passed, failed, failures } = checkVectors(sample);
    expect(failures).toEqual([]);
    expect({ passed, failed }).toEqual({ passed: 974, failed: 0 });
  });

  it.skipIf(!isThere)('worked out independently all pass', () => {
    const { passed, failures } = checkVectors(JSON.parse(readFileSync(independent, 'utf8')));
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(9000);
  });

  it('fail where a value is off by more than 1e-9, and say where', () => {
    const wrong = { weights: [{ b: 1, w: 0.8 + 3e-9, logThrEpoch: Math.log(25) + 1e-10 }] };
    expect(checkVectors(wrong)).toEqual({
      passed: 1,
      failed: 1,
      failures: [{ path: 'weights[0].w', expected: 0.8 + 3e-9, actual: 0.8 }],
    });
  });

  it('of whole numbers must match exactly', () => {
    const { failures } = checkVectors({ epochClean: [{ epoch: 1, clean: { '0.8': 21 } }] });
    expect(failures).toEqual([{ path: 'epochClean[0].clean["0.8"]', expected: 21, actual: 20 }]);
  });
});

describe('a malformed file', () => {
  const review = { t: 1, type: 'review', task: 'A', outcome: 'approved_unchanged' };
  const [lane] = sample.engine;

  it.each([
    [null, '(whole file)'],
    [{}, 'nothing in it to check'],
    [{ wieghts: [] }, 'wieghts'],
    [{ weights: [{ b: 0, w: 1, logThrEpoch: 1 }] }, 'weights[0].b'],
    [{ weights: [{ b: 1, w: '1', logThrEpoch: 1 }] }, 'weights[0].w'],
    [{ betFactor: [{ u: 1, x: 2, m: 0.5, k: 1 }] }, 'betFactor[0].x'],
    [{ meta: { engine: { barWalk: '0.81' } } }, 'meta.engine.barWalk'],
    [{ meta: { engine: { barWalk: '0.95', barRun: '0.9' } } }, 'meta.engine: the bar of run'],
    [{ engine: [{ events: [review], snapshots: [] }] }, 'engine[0].snapshots'],
    [{ engine: [{ events: [{ ...review, type: 'applause' }], snapshots: [] }] }, 'engine[0].events[0].type'],
    [
      { engine: [{ ...lane, events: lane?.events.map((event) => ({ ...event, t: -event.t })) }] },
      'engine[0].events[1]',
    ],
    [
      { engine: [{ ...lane, events: lane?.events.map(() => ({ ...review, outcome: 'x' })) }] },
      'engine[0].events[0]: outcome',
    ],
    [{ decay: { halfLifeDays: 30, events: [], after: [] } }, 'decay.halfLifeDays'],
    [
      { decay: { halfLifeDays: 60, events: [[1, 'revise', 0, 0]], after: [{ S: 0, N: 0 }] } },
      'decay.events[0]',
    ],
  ])('is refused with the place named: %#', (file, place) => {
    expect(() => checkVectors(file)).toThrow(place);
  });
});
