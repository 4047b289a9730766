import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { formatCount, formatShare, plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import type { LanePage } from '@/lib/lanes/types';
import { whyMoreCount } from './lane-words';

/** What the rates stand on: how many decided tasks were independently reviewed. */
export function ReviewCoverage({ page }: { page: LanePage }) {
  const { organisation, team, category, cell } = page;
  const { decided, reviewed, merged, hasty } = cell.counts;
  const share = decided === 0 ? 0 : (100 * reviewed) / decided;
  return (
    <Card className="flex flex-col gap-2 px-4 py-3.5" aria-label="Review coverage">
      <div className="flex items-baseline justify-between">
        <h2 className="font-semibold">Review coverage</h2>
        <span className="tnum text-sm font-medium">{formatShare(reviewed, decided)}</span>
      </div>
      <div className="h-1.5 overflow-hidden rounded-full bg-crawl-soft" aria-hidden="true">
        <div className="h-full rounded-full bg-walk" style={{ width: `${share}%` }} />
      </div>
      <p className="text-sm text-muted">
        {formatCount(reviewed)} of{' '}
        <TextLink href={paths.tasks(organisation.slug, { team: team.slug, category: category.key })}>
          {plural(decided, 'decided task')}
        </TextLink>{' '}
        {decided === 1 ? 'was' : 'were'} independently reviewed; {formatCount(merged)}{' '}
        {merged === 1 ? 'was' : 'were'} merged.
        {hasty > 0
          ? ` ${formatCount(hasty)} ${hasty === 1 ? 'was' : 'were'} approved within a minute of opening.`
          : ''}{' '}
        {whyMoreCount(cell.counts)}
      </p>
    </Card>
  );
}
