import { describe, expect, it } from 'vitest';
import { inRecordOrder } from './record';
import { followCourse, isSameHead } from './task-course';
import { aTask, type TaskStory } from './testing/builders';
import { STORY_START } from './testing/event-log';

const MINUTE = 60_000;
const follow = (story: TaskStory) => followCourse(inRecordOrder(story.events));

describe('followCourse', () => {
  it('goes from opening to merge', () => {
    const { course, anomalies } = follow(aTask().openedBy('codex').pushed('rita').merged());
    expect(course).toMatchObject({
      state: 'merged',
      openedAt: STORY_START,
      mergedAt: STORY_START + 20 * MINUTE,
      headSha: 'head-2',
    });
    expect(course.headMoves).toHaveLength(1);
    expect(anomalies).toEqual([]);
  });

  it('reopens with an opening after the close', () => {
    const { course, anomalies } = follow(aTask().openedBy('codex').closed({ by: 'ana' }).openedBy('codex'));
    expect(course).toMatchObject({ state: 'open', openedAt: STORY_START, closedAt: null, closedBy: null });
    expect(anomalies).toEqual([]);
  });

  it('does not reopen with an update', () => {
    const { course } = follow(
      aTask()
        .openedBy('codex')
        .closed()
        .updated({ labels: ['stale'] }),
    );
    expect(course.state).toBe('closed');
  });

  it('takes a second report of one close as the same close, and fills what the first left out', () => {
    const { course } = follow(aTask().openedBy('codex').closed().closed({ by: 'ana', cause: 'human' }));
    expect(course).toMatchObject({ closedAt: STORY_START + 10 * MINUTE, closeCause: 'human' });
    expect(course.closedBy?.login).toBe('ana');
  });

  it('counts the last close of a task that was reopened', () => {
    const { course } = follow(aTask().openedBy('codex').closed().openedBy('codex').closed({ by: 'ben' }));
    expect(course).toMatchObject({ state: 'closed', closedAt: STORY_START + 30 * MINUTE });
  });

  it('makes nothing of the order of reports at one instant', () => {
    const closedFirst = aTask().at(STORY_START).closed().at(STORY_START);
    expect(follow(closedFirst.openedBy('codex')).course.state).toBe('closed');
    expect(follow(closedFirst.merged()).anomalies).not.toContain(
      'The task was merged after it had been closed.',
    );
  });

  it('counts the first of several reverts', () => {
    const merged = aTask().openedBy('codex').merged();
    expect(follow(merged.reverted().reverted()).course.revertedAt).toBe(STORY_START + 20 * MINUTE);
  });

  it('keeps a merge for good, and what was pushed after it out', () => {
    const { course } = follow(aTask().openedBy('codex').merged().pushed('ana').closed().openedBy('codex'));
    expect(course).toMatchObject({ state: 'merged', headSha: 'head-1', closedAt: null, headMoves: [] });
  });

  it.each<[string, TaskStory]>([
    ['The task was merged after it had been closed.', aTask().openedBy('codex').closed().merged()],
    [
      'The task was reported as opened more than once; the earliest report counts.',
      aTask().openedBy('codex').openedBy('codex'),
    ],
    ['The task was reported as opened after it had been merged.', aTask().merged().openedBy('codex')],
    ['The task was merged, but its opening was never reported.', aTask().merged()],
    ['The task was closed, but its opening was never reported.', aTask().approvedBy('ana').closed()],
    ['The task was updated, but its opening was never reported.', aTask().updated({ title: 'x' })],
    ['Reviews arrived, but the task itself was never reported.', aTask().approvedBy('ana')],
    ['Other evidence names this task, but the task itself was never reported.', aTask().classifiedAs('docs')],
    ['The task was reported as reverted, but never as merged.', aTask().openedBy('codex').reverted()],
  ])('says: %s', (sentence, story) => {
    expect(follow(story).anomalies).toEqual([sentence]);
  });

  it('takes the first head in an update for a push, and elsewhere for news of the head', () => {
    const opened = aTask().openedBy('codex', { headSha: undefined });
    expect(follow(opened.updated({ headSha: 'abc' })).course.headMoves).toHaveLength(1);
    expect(follow(opened.merged()).course.headMoves).toEqual([]);
  });
});

it('compares commits by their beginnings', () => {
  expect(isSameHead('ABCDEF0', 'abcdef0123')).toBe(true);
  expect(isSameHead('abc', 'abcdef0123')).toBe(false);
  expect(isSameHead('head-1', 'head-1')).toBe(true);
});
