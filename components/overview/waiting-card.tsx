import Link from 'next/link';
import { ApprovalsLine } from '@/components/decisions/approvals-line';
import { GearMove } from '@/components/gear/gear-move';
import { paths } from '@/components/layout/paths';
import { buttonStyle } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { WaitingRecommendation } from '@/lib/lanes/types';

type Props = { org: string; recommendation: WaitingRecommendation };

export function WaitingCard({ org, recommendation }: Props) {
  const { id, teamName, categoryName, from, to, reasons, approvals, approvalsNeeded, sinceThen } =
    recommendation;
  return (
    <Card className="flex items-center gap-4 px-4 py-3.5" aria-label={`${teamName}, ${categoryName}`}>
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold">
          <bdi>{teamName}</bdi> · <bdi>{categoryName}</bdi>: <GearMove from={from} to={to} />
        </h3>
        <p className="mt-0.5 line-clamp-3 text-sm text-muted">{reasons.join(' ')}</p>
        {sinceThen ? <p className="mt-0.5 text-sm text-amber">{sinceThen}</p> : null}
        {approvals.length > 0 ? (
          <p className="mt-0.5 text-sm">
            <ApprovalsLine {...{ approvals, approvalsNeeded }} />
          </p>
        ) : null}
      </div>
      <Link
        href={paths.decision(org, id)}
        prefetch={false}
        className={buttonStyle({ size: 'small' })}
        aria-label={`Review ${teamName}, ${categoryName}: ${from} to ${to}`}
      >
        Review
      </Link>
    </Card>
  );
}
