import Link from 'next/link';
import { GearBadge } from '@/components/gear/gear-badge';
import { MoveLog } from '@/components/gear/move-log';
import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { buttonStyle } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CsvButton } from '@/components/ui/csv-button';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { TextLink } from '@/components/ui/text-link';
import { LANE_MOVES, type LanePage } from '@/lib/lanes/types';
import { EvidenceTable } from './evidence-table';
import { Forecast } from './forecast';
import { LaneLead } from './lane-lead';
import { headlineOf } from './lane-words';
import { Pillar } from './pillar';
import { Recommended } from './recommended';
import { ReviewCoverage } from './review-coverage';
import { TrustPillar } from './trust-pillar';
import { TrustSection } from './trust-section';
import { Words } from './words';

const evidenceId = 'evidence-table';

function notYet(what: string) {
  return [{ key: 'not-yet', state: 'note' as const, text: what }];
}

export function LaneView({ page }: { page: LanePage }) {
  const { organisation, team, category, cell, recommendation, evidence, moves, policyVersion, epoch } = page;
  const org = organisation.slug;
  return (
    <>
      <PageHeader
        trail={[
          { label: team.name, href: paths.team(org, team.slug) },
          { label: category.name, href: paths.lane(org, team.slug, category.key) },
        ]}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {headlineOf(cell)} <GearBadge gear={cell.gear} />
          </span>
        }
        lead={<LaneLead page={page} />}
        aside={
          recommendation ? (
            <Link href={paths.decision(org, recommendation.id)} className={buttonStyle({ look: 'primary' })}>
              Review promotion
            </Link>
          ) : null
        }
      />
      <div className="grid gap-4 xl:grid-cols-[1fr_19rem]">
        <TrustSection page={page} />
        <div className="grid content-start gap-3 md:grid-cols-2 xl:grid-cols-1">
          <Forecast page={page} />
          <ReviewCoverage page={page} />
          <Recommended page={page} />
        </div>
      </div>
      <div className="mt-4 grid gap-3 md:grid-cols-3">
        <TrustPillar page={page} />
        <Pillar
          title="Governance"
          standing="Not set up yet"
          tone="quiet"
          lines={notYet(
            'Gait does not measure controls yet: nothing here holds the gear back, and nothing here vouches for it.',
          )}
        />
        <Pillar
          title="Context"
          standing="Not set up yet"
          tone="quiet"
          lines={notYet(
            'Gait does not scan the repository’s contextbase yet: the gear rests on trust alone.',
          )}
        />
      </div>
      <section className="mt-10">
        <SectionHeading
          id="evidence"
          aside={
            evidence.length > 0 ? (
              <>
                {plural(evidence.length, 'latest task')} ·{' '}
                <TextLink href={paths.tasks(org, { team: team.slug, category: category.key })}>
                  All tasks
                </TextLink>{' '}
                ·{' '}
                <CsvButton
                  tableId={evidenceId}
                  fileName="gait-evidence.csv"
                  aria-label="Save the evidence as CSV"
                />
              </>
            ) : null
          }
        >
          Evidence
        </SectionHeading>
        {evidence.length === 0 ? (
          <EmptyState title="No task was decided in this lane yet">
            The lane starts in crawl. <TextLink href={paths.record(org)}>Record a task by hand</TextLink> or
            send events; 20 clean reviewed tasks prove enough for walk.
          </EmptyState>
        ) : (
          <Card>
            <EvidenceTable org={org} rows={evidence} id={evidenceId} />
          </Card>
        )}
      </section>
      <section className="mt-10">
        <SectionHeading
          id="log"
          aside={`epoch ${epoch} · policy version ${policyVersion}${moves.length < LANE_MOVES ? '' : ` · the latest ${LANE_MOVES} moves`}`}
        >
          Gear log
        </SectionHeading>
        {moves.length === 0 ? (
          <p className="text-sm text-muted">The gear of this lane has never moved.</p>
        ) : (
          <Card aria-labelledby="log">
            <MoveLog org={org} moves={moves} withLane={false} />
          </Card>
        )}
      </section>
      <Words />
    </>
  );
}
