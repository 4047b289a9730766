import { Chip, type Tone } from '@/components/ui/chip';
import { Time } from '@/components/ui/time';
import { UserText } from '@/components/ui/user-text';
import type { RecommendationPage, RecommendationStatus } from '@/lib/decisions/types';

const look = {
  open: { word: 'Open', tone: 'blue' },
  accepted: { word: 'Accepted', tone: 'green' },
  declined: { word: 'Declined', tone: 'red' },
  withdrawn: { word: 'Withdrawn', tone: 'quiet' },
} as const satisfies Record<RecommendationStatus, { word: string; tone: Tone }>;

export function StatusChip({ status }: { status: RecommendationStatus }) {
  return <Chip tone={look[status].tone}>{look[status].word}</Chip>;
}

/** What became of a closed recommendation, and who said what. */
export function Outcome({ recommendation }: { recommendation: RecommendationPage }) {
  const { status, closedAt, closedReason, decisions } = recommendation;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2">
        <StatusChip status={status} />
        {closedAt ? (
          <span className="text-muted">
            <Time at={closedAt} />
          </span>
        ) : null}
        {closedReason ? <span>{closedReason}</span> : null}
      </p>
      {decisions.map(({ person, at, action, reason }) => (
        <p key={`${person}/${at}`} className="text-muted">
          <bdi className="font-medium text-ink">{person}</bdi> {action === 'accept' ? 'agreed' : 'declined'}{' '}
          <Time at={at} />
          {reason ? ': ' : '.'}
          {reason ? <UserText>{reason}</UserText> : null}
        </p>
      ))}
    </div>
  );
}
