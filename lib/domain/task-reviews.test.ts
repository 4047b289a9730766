import { describe, expect, it } from 'vitest';
import { inRecordOrder } from './record';
import { foldReviews } from './task-reviews';
import { aTask, type TaskStory } from './testing/builders';

const fold = (story: TaskStory) =>
  foldReviews(inRecordOrder(story.events), ({ login }) => ({
    reviewerKind: 'human',
    independent: login !== 'rita',
    independentReason: 'So.',
  }));

const opened = aTask().openedBy('codex');

describe('foldReviews', () => {
  it('keeps who said what, on which head, and whether it counts', () => {
    const { reviews } = fold(opened.approvedBy('ana').sentBackBy('rita', { headSha: null }));
    expect(reviews).toMatchObject([
      { reviewer: 'ana', verdict: 'approved', independent: true, headSha: 'head-1', dismissedAt: null },
      { reviewer: 'rita', verdict: 'changes_requested', independent: false, headSha: null },
    ]);
  });

  it('keeps every verdict of one ref, and shows the latest', () => {
    const { reviews, submissions } = fold(
      opened.sentBackBy('ana', { ref: 'r' }).approvedBy('ana', { ref: 'r' }),
    );
    expect(reviews.map(({ verdict }) => verdict)).toEqual(['approved']);
    expect(submissions.map(({ verdict }) => verdict)).toEqual(['changes_requested', 'approved']);
  });

  it('takes a second report of one review for the same review', () => {
    const { submissions } = fold(
      opened.approvedBy('ana', { ref: 'r', headSha: null }).approvedBy('ANA', { ref: 'r' }),
    );
    expect(submissions).toHaveLength(1);
    expect(submissions[0]?.headSha).toBe('head-1');
  });

  it('dismisses what came before, and not what was given again', () => {
    const { submissions } = fold(
      opened.approvedBy('ana', { ref: 'r' }).dismissed().approvedBy('ana', { ref: 'r' }),
    );
    expect(submissions.map(({ dismissedAt }) => dismissedAt === null)).toEqual([false, true]);
  });

  it('dismisses the latest submission alone', () => {
    const { submissions } = fold(
      opened.approvedBy('ana', { ref: 'r' }).sentBackBy('ana', { ref: 'r' }).dismissed(),
    );
    expect(submissions.map(({ dismissedAt }) => dismissedAt === null)).toEqual([true, false]);
  });

  it('says what cannot be', () => {
    expect(fold(opened.dismissed()).anomalies).toHaveLength(1);
    const shared = opened.approvedBy('ana', { ref: 'r' }).approvedBy('ben', { ref: 'r' });
    expect(fold(shared).anomalies).toEqual(['The review r was reported under more than one reviewer.']);
  });
});
