import { LaneMap } from '@/components/lanes/lane-map';
import { LaneMapSearch } from '@/components/lanes/lane-map-search';
import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { TextLink } from '@/components/ui/text-link';
import type { Overview, TeamRow } from '@/lib/lanes/types';
import { CoverageLine } from './coverage-line';
import { FirstEvidence } from './first-evidence';
import { headlineOfOverview } from './headline';
import { ShadowNotice } from './shadow-notice';
import { WaitingCard } from './waiting-card';
import { WeekList } from './week-list';

function filterTeams(teams: TeamRow[], typed: string): TeamRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return teams.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}

type Props = { org: string; overview: Overview; typed: string; url: string; now: number };

export function OverviewView({ org, overview, typed, url, now }: Props) {
  const { categories, teams, waiting, moves, shadowAgents } = overview;
  if (overview.lastEventAt === null) {
    return (
      <>
        <PageHeader
          title="No evidence yet."
          lead="Gait moves a gear only on evidence. Every lane starts in crawl; send the first tasks in one of three ways."
        />
        <FirstEvidence org={org} url={url} />
      </>
    );
  }
  const { count, waits, stands } = headlineOfOverview(overview, now);
  const shown = filterTeams(teams, typed);
  return (
    <>
      <PageHeader
        title={
          <>
            <span className={count > 0 ? 'text-walk' : undefined}>{waits}</span> {stands}
          </>
        }
        lead={<CoverageLine {...overview} />}
      />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <LaneMapSearch action={paths.overview(org)} value={typed} />
        <p role="status" className="text-sm text-muted">
          {typed ? `${shown.length} of ${plural(teams.length, 'team')}` : plural(teams.length, 'team')}
        </p>
      </div>
      {shown.length > 0 ? (
        <LaneMap org={org} categories={categories} teams={shown} now={now} />
      ) : (
        <EmptyState title={typed ? 'No team is called that.' : 'No team yet.'}>
          {typed ? (
            <TextLink href={paths.overview(org)}>Show all teams</TextLink>
          ) : (
            'Name a team in the evidence you send; it appears here by itself.'
          )}
        </EmptyState>
      )}
      <div className="mt-8 grid gap-8 xl:grid-cols-[3fr_2fr]">
        <section className="min-w-0">
          <SectionHeading>Waiting for you</SectionHeading>
          {waiting.length === 0 ? (
            <p className="text-sm text-muted">
              Nothing. A recommendation appears here as soon as the evidence of a lane proves the next bar.
            </p>
          ) : (
            <div className="flex flex-col gap-2.5">
              {waiting.map((recommendation) => (
                <WaitingCard key={recommendation.id} org={org} recommendation={recommendation} />
              ))}
            </div>
          )}
          {count > waiting.length ? (
            <p className="mt-3 text-sm">
              <TextLink href={paths.decisions(org)}>All {plural(count, 'decision')}</TextLink>
            </p>
          ) : null}
        </section>
        <section className="min-w-0">
          <SectionHeading>The last seven days</SectionHeading>
          <WeekList org={org} moves={moves} />
          <ShadowNotice org={org} agents={shadowAgents} />
        </section>
      </div>
    </>
  );
}
