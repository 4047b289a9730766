import { expect, it } from 'vitest';
import { hindsightOf, lateReview } from './late-review';
import { observe } from './outcome';
import { foldTask } from './task';
import { aTask } from './testing/builders';

it('says that a review is late where it counts for nothing, and only there', () => {
  const opened = aTask('t').openedBy('codex');
  const stories = [
    opened.merged('ana').approvedBy('ben'),
    opened.approvedBy('ben').merged('ana'),
    opened.closed({ by: 'ana', cause: 'human' }).sentBackBy('ben'),
    opened.sentBackBy('ben').closed({ by: 'ana', cause: 'human' }),
  ];
  for (const story of stories) {
    const task = foldTask('t', story.events);
    const [review] = task.reviews;
    const late = lateReview(task.state, task.decidedAt, review?.submittedAt ?? 0);
    expect(late === null).toBe(observe(task)?.reviewed);
  }
});

it('says after what it came', () => {
  expect(lateReview('merged', 5, 6)).toContain('after the merge');
  expect(lateReview('closed', 5, 6)).toContain('after the task was closed');
  expect(lateReview('merged', 5, 5)).toBeNull();
  expect(lateReview('open', null, 6)).toBeNull();
});

it('knows of hindsight only once the decision was known before', () => {
  expect(hindsightOf(5, 6)).toContain('after the decision was known');
  expect(hindsightOf(5, 5)).toBeNull();
  expect(hindsightOf(null, 6)).toBeNull();
});
