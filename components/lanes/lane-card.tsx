import { GearBadge } from '@/components/gear/gear-badge';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { formatCount, formatLevel, plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import type { CategoryColumn, LaneCell } from '@/lib/lanes/types';
import { LaneMarkIcon } from './lane-mark';
import { headlineOf, markOf, whyMoreCount } from './lane-words';
import { Spark } from './spark';

type Props = { org: string; category: CategoryColumn; cell: LaneCell; now: number };

/** A lane with what stops it and the counts it stands on. */
export function LaneCard({ org, category, cell, now }: Props) {
  const { counts } = cell;
  const mark = markOf(cell, now);
  return (
    <Card className="relative flex flex-col gap-2 p-4 hover:border-field-line" aria-label={category.name}>
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold">
          <TextLink
            quiet
            href={paths.lane(org, cell.team, cell.category)}
            className="after:absolute after:inset-0 after:rounded-xl"
          >
            <bdi>{category.name}</bdi>
          </TextLink>
        </h2>
        <GearBadge gear={cell.gear} />
      </div>
      <p className="flex items-start gap-1.5 text-sm">
        {mark ? <LaneMarkIcon mark={mark} className="mt-0.5 inline-flex size-4 shrink-0" /> : null}
        <span>{cell.blocker || headlineOf(cell)}</span>
      </p>
      <div className="mt-auto flex items-end justify-between gap-3 pt-1 text-xs text-muted">
        <p>
          {cell.provenNow === null ? '' : `Proven ≥\u00a0${formatLevel(cell.provenNow)} · `}
          {formatCount(counts.reviewed)} of {plural(counts.decided, 'decided task')} reviewed;{' '}
          {formatCount(counts.matured)} counted, {formatCount(counts.pending)} maturing.{' '}
          {whyMoreCount(counts)}
        </p>
        <span data-gear={cell.gear} className="shrink-0 fill-none stroke-gear stroke-[1.25]">
          <Spark values={cell.spark} />
        </span>
      </div>
    </Card>
  );
}
