import { Card } from '@/components/ui/card';
import { Chip, type Tone } from '@/components/ui/chip';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import { withoutBidiControls } from '@/lib/domain/bidi';
import type { ReviewRow } from '@/lib/tasks/types';

const verdicts: Record<string, { word: string; tone: Tone }> = {
  approved: { word: 'Approved', tone: 'green' },
  changes_requested: { word: 'Changes requested', tone: 'amber' },
  commented: { word: 'Commented', tone: 'quiet' },
};

/** Who said what, and whether it counts as independent. */
export function ReviewList({ reviews }: { reviews: readonly ReviewRow[] }) {
  return (
    <section>
      <SectionHeading id="reviews">Reviews</SectionHeading>
      {reviews.length === 0 ? (
        <p className="text-sm text-muted">Nobody has reviewed this task.</p>
      ) : (
        <Card aria-labelledby="reviews">
          <ul className="divide-y divide-line">
            {reviews.map((review) => {
              const { word, tone } = verdicts[review.verdict] ?? { word: review.verdict, tone: 'quiet' };
              return (
                <li key={review.ref} className="flex flex-col gap-1 px-4 py-3 text-sm">
                  <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <Chip tone={tone}>{word}</Chip>
                    <bdi className="font-medium">{review.reviewer}</bdi>
                    <span className="text-muted">{review.reviewerKind}</span>
                    {review.dismissedAt ? <Chip>dismissed</Chip> : null}
                    <span className="ml-auto text-muted">
                      <Time at={review.submittedAt} />
                    </span>
                  </p>
                  {review.hindsight && !review.late ? <p className="text-amber">{review.hindsight}</p> : null}
                  {review.late ? <p className="text-amber wrap-anywhere">{review.late}</p> : null}
                  <p
                    className={`wrap-anywhere ${review.independent && !review.late ? 'text-run' : 'text-muted'}`}
                  >
                    {review.independent ? 'Independent' : 'Not independent'}
                    {review.independentReason ? `: ${withoutBidiControls(review.independentReason)}` : ''}
                    {review.headSha ? (
                      <code className="ml-2 font-mono text-xs text-muted">{review.headSha.slice(0, 8)}</code>
                    ) : null}
                  </p>
                </li>
              );
            })}
          </ul>
        </Card>
      )}
    </section>
  );
}
