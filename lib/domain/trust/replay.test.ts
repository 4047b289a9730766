import { describe, expect, it } from 'vitest';
import { DEFAULT_ENGINE_CONFIG } from './engine-config';
import { createReplay, replayEvent } from './replay';

describe('replay', { timeout: 60_000 }, () => {
  it('keeps the records of matured tasks, and finds them when bad news comes', () => {
    const replay = createReplay();
    replayEvent(replay, { type: 'review', t: 0, task: 'A', x: 0.7 }, DEFAULT_ENGINE_CONFIG);
    expect(replay.records.size).toBe(0);
    replayEvent(replay, { type: 'tick', t: 14 }, DEFAULT_ENGINE_CONFIG);
    expect(replay.records.get('A')).toMatchObject({ x: 0.7, matured: true });
    replayEvent(replay, { type: 'revert', t: 20, task: 'A' }, DEFAULT_ENGINE_CONFIG);
    expect(replay.records.get('A')).toMatchObject({ x: 0, loss: 1 });
  });

  it('lets a task mature and be reverted in the same moment', () => {
    const replay = createReplay();
    replayEvent(replay, { type: 'review', t: 0, task: 'A', x: 1 }, DEFAULT_ENGINE_CONFIG);
    const { changed } = replayEvent(replay, { type: 'revert', t: 15, task: 'A' }, DEFAULT_ENGINE_CONFIG);
    expect(changed).toEqual([{ task: 'A', reviewedAt: 0, x: 0, extra: 0, loss: 1, epoch: 1, matured: true }]);
    expect(replay.state.notClean).toBe(1);
  });

  it('takes a task it has never seen for unreviewed', () => {
    const replay = createReplay();
    replayEvent(replay, { type: 'incident', t: 1, task: 'X', severity: 'SEV3' }, DEFAULT_ENGINE_CONFIG);
    expect(replay.state.openIncidents).toBe(1);
  });

  it('runs a lane of 100,000 tasks in seconds', () => {
    const replay = createReplay();
    const started = performance.now();
    for (let i = 0; i < 100_000; i += 1) {
      replayEvent(
        replay,
        { type: 'review', t: i / 20, task: `T${i}`, x: i % 7 ? 1 : 0.3 },
        DEFAULT_ENGINE_CONFIG,
      );
    }
    expect(replay.state.matured).toBeGreaterThan(99_000);
    expect(performance.now() - started).toBeLessThan(5000); // 0.4 s on a quiet core
  });
});
