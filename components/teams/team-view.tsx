import Link from 'next/link';
import type { ReactNode } from 'react';
import { MoveLog } from '@/components/gear/move-log';
import { LaneCard } from '@/components/lanes/lane-card';
import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { buttonStyle } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { formatCount, formatShare, plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { TextLink } from '@/components/ui/text-link';
import type { TeamPage } from '@/lib/lanes/types';
import { countsOfTeam, headlineOfTeam } from './team-headline';

type Props = { org: string; page: TeamPage; now: number };

export function TeamView({ org, page, now }: Props) {
  const { team, categories, row, moves } = page;
  const lanes = Object.values(row.lanes);
  const counts = countsOfTeam(lanes);
  return (
    <>
      <PageHeader
        trail={[{ label: 'Overview', href: paths.overview(org) }]}
        title={<bdi>{headlineOfTeam(team.name, lanes)}</bdi>}
        aside={
          <Link
            href={paths.tasks(org, { team: team.slug })}
            prefetch={false}
            className={buttonStyle({ size: 'small' })}
          >
            All tasks of the team
          </Link>
        }
        lead={row.blocker || 'Nothing stops its lanes today.'}
      />
      <dl className="mb-6 flex flex-wrap gap-x-10 gap-y-3">
        <Fact label="Independently reviewed" value={formatShare(counts.reviewed, counts.decided)}>
          {formatCount(counts.reviewed)} of {plural(counts.decided, 'decided task')}
        </Fact>
        <Fact label="Merged" value={formatShare(counts.merged, counts.decided)}>
          {formatCount(counts.merged)} of {plural(counts.decided, 'decided task')}
        </Fact>
        <Fact label="Approved within a minute" value={formatShare(counts.hasty, counts.reviewed)}>
          {formatCount(counts.hasty)} of {plural(counts.reviewed, 'reviewed task')}
        </Fact>
      </dl>
      {counts.counted > counts.reviewed ? (
        <p className="-mt-3 mb-6 text-sm text-muted">
          More tasks count than were reviewed: rejections, reverts and incidents count without a review, too.
        </p>
      ) : null}
      {lanes.length === 0 ? (
        <EmptyState title="No lane yet">
          A lane appears with the first task of its kind.{' '}
          <TextLink href={paths.record(org)}>Record a task</TextLink> or send events that name this team.
        </EmptyState>
      ) : (
        <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {categories.map((category) => {
            const cell = row.lanes[category.key];
            return cell ? <LaneCard key={category.key} {...{ org, category, cell, now }} /> : null;
          })}
        </div>
      )}
      <section className="mt-10">
        <SectionHeading
          id="moves"
          aside={<TextLink href={`${paths.decisions(org, { team: team.slug })}#log`}>All its moves</TextLink>}
        >
          Recent moves
        </SectionHeading>
        {moves.length === 0 ? (
          <p className="text-sm text-muted">No gear of this team has moved yet.</p>
        ) : (
          <Card aria-labelledby="moves">
            <MoveLog org={org} moves={moves} />
          </Card>
        )}
      </section>
    </>
  );
}

type FactProps = { label: string; value: string; children: ReactNode };

function Fact({ label, value, children }: FactProps) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd>
        <span className="tnum block text-xl font-semibold">{value}</span>
        <span className="text-xs text-muted">{children}</span>
      </dd>
    </div>
  );
}
