import type { ActorKind } from './actor';
import type { GaitEvent } from './event';
import { isSameHead } from './task-course';

/** A review's verdict. Only the first two are verdicts proper; a comment decides nothing. */
export type ReviewVerdict = 'approved' | 'changes_requested' | 'commented';

/** A review as given: who, what, on which head, and whether it counts as independent. Times in ms. */
export type FoldedReview = {
  readonly ref: string;
  readonly reviewer: string;
  readonly reviewerKind: ActorKind;
  readonly verdict: ReviewVerdict;
  readonly independent: boolean;
  /** One sentence. */
  readonly independentReason: string;
  readonly headSha: string | null;
  readonly submittedAt: number;
  readonly dismissedAt: number | null;
};

/** Who reviews, and whether independently, at a time (ms): people become authors when they push. */
export type JudgeReviewer = (
  reviewer: SubmittedEvent['data']['review']['reviewer'],
  at: number,
) => Pick<FoldedReview, 'reviewerKind' | 'independent' | 'independentReason'>;

type SubmittedEvent = Extract<GaitEvent, { type: 'dev.gait.review.submitted.v1' }>;
type DismissedEvent = Extract<GaitEvent, { type: 'dev.gait.review.dismissed.v1' }>;

/** Whether a submission only says again what stands: several sources may report one review. */
function isRepeat(earlier: FoldedReview, later: FoldedReview): boolean {
  const { headSha: a } = earlier;
  const { headSha: b } = later;
  const stands = earlier.dismissedAt === null || earlier.dismissedAt >= later.submittedAt;
  return (
    stands &&
    earlier.verdict === later.verdict &&
    earlier.reviewer.toLowerCase() === later.reviewer.toLowerCase() &&
    (a === null || b === null || isSameHead(a, b))
  );
}

/** All submissions under one ref, each with its dismissal: the first one after it and before the next submission. */
function submissionsOf(
  submitted: readonly SubmittedEvent[],
  dismissals: readonly DismissedEvent[],
  judge: JudgeReviewer,
): FoldedReview[] {
  const distinct: FoldedReview[] = [];
  submitted.forEach(({ at, data: { review } }, i) => {
    const next = submitted[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const dismissal = dismissals.find((one) => one.at >= at && one.at < next);
    const submission: FoldedReview = {
      ref: review.ref,
      reviewer: review.reviewer.login,
      verdict: review.verdict,
      headSha: review.headSha ?? null,
      submittedAt: at,
      dismissedAt: dismissal?.at ?? null,
      ...judge(review.reviewer, at),
    };
    const earlier = distinct.at(-1);
    if (!earlier || !isRepeat(earlier, submission)) {
      distinct.push(submission);
      return;
    }
    const headSha = earlier.headSha ?? submission.headSha;
    const dismissedAt = earlier.dismissedAt ?? submission.dismissedAt;
    distinct.splice(-1, 1, { ...earlier, headSha, dismissedAt });
  });
  return distinct;
}

function byReviewRef<E extends SubmittedEvent | DismissedEvent>(events: readonly E[]): Map<string, E[]> {
  const groups = new Map<string, E[]>();
  for (const event of events) {
    const { ref } = event.data.review;
    groups.set(ref, [...(groups.get(ref) ?? []), event]);
  }
  return groups;
}

function anomaliesOf(ref: string, submissions: readonly FoldedReview[]): string[] {
  const reviewers = new Set(submissions.map(({ reviewer }) => reviewer.toLowerCase()));
  if (submissions.length === 0) return [`The review ${ref} was dismissed, but it was never reported.`];
  return reviewers.size > 1 ? [`The review ${ref} was reported under more than one reviewer.`] : [];
}

/**
 * The reviews of a task. `events` in record order.
 * `submissions` holds every verdict ever given, oldest first; `reviews` the latest of each review ref.
 */
export function foldReviews(
  events: readonly GaitEvent[],
  judge: JudgeReviewer,
): { submissions: FoldedReview[]; reviews: FoldedReview[]; anomalies: string[] } {
  const submitted = byReviewRef(events.filter((event) => event.type === 'dev.gait.review.submitted.v1'));
  const dismissed = byReviewRef(events.filter((event) => event.type === 'dev.gait.review.dismissed.v1'));
  const byRef = [...new Set([...submitted.keys(), ...dismissed.keys()])].map((ref) => ({
    ref,
    submissions: submissionsOf(submitted.get(ref) ?? [], dismissed.get(ref) ?? [], judge),
  }));
  return {
    submissions: byRef
      .flatMap(({ submissions }) => submissions)
      .sort((a, b) => a.submittedAt - b.submittedAt || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)),
    reviews: byRef.flatMap(({ submissions }) => submissions.slice(-1)),
    anomalies: byRef.flatMap(({ ref, submissions }) => anomaliesOf(ref, submissions)),
  };
}
