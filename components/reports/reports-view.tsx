import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { SectionHeading } from '@/components/ui/section-heading';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { ReportFailureRow, ReportList, VoidRow } from '@/lib/reports/types';
import { Trend } from './trend';

type Props = { org: string; list: ReportList; team: string | undefined };

export function ReportsView({ org, list, team }: Props) {
  const [latest] = list.items;
  return (
    <>
      <PageHeader
        title={latest ? `${latest.week}: ${latest.answer}` : 'No report yet.'}
        lead="A report a week, of the organisation and of each team, as things stood when the week ended. What comes in later does not change it; the overview shows how things stand now."
      />
      <TeamChoice org={org} teams={list.teams} team={team} />
      {list.failures.length > 0 ? <Failures rows={list.failures} /> : null}
      {list.voids.length > 0 ? <Voids org={org} team={team} rows={list.voids} /> : null}
      <Trend items={list.items} />
      {list.items.length === 0 ? (
        <EmptyState title="The first report comes once a week is over">
          A week is frozen once it is over, at the time that Settings, Reports and mails say. Earlier weeks
          are computed from the record by{' '}
          <code className="font-mono text-xs">
            npx gait report --week 2026-W01{team === undefined ? '' : ` --team ${team}`}
          </code>
          .
        </EmptyState>
      ) : (
        <Card>
          <DataTable label="Reports">
            <thead>
              <tr>
                <Th>Week</Th>
                <Th>Run</Th>
                <Th>Walk</Th>
                <Th>Crawl</Th>
                <Th>Decided</Th>
                <Th>Reviewed</Th>
                <Th>In a sentence</Th>
              </tr>
            </thead>
            <tbody className="tnum">
              {list.items.map(({ week, team: of, gears, decided, reviewed, answer }) => (
                <tr key={week}>
                  <Td className="whitespace-nowrap">
                    <TextLink href={paths.report(org, week, of?.slug)}>{week}</TextLink>
                  </Td>
                  <Td>{gears.run}</Td>
                  <Td>{gears.walk}</Td>
                  <Td>{gears.crawl}</Td>
                  <Td>{decided}</Td>
                  <Td>{reviewed}</Td>
                  <Td className="min-w-120 wrap-anywhere">{answer}</Td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </Card>
      )}
      {list.nextCursor ? (
        <p className="mt-3 text-sm">
          <TextLink href={paths.reports(org, { team, before: list.nextCursor })}>Earlier reports</TextLink>
        </p>
      ) : null}
    </>
  );
}

function TeamChoice({ org, teams, team }: Pick<Props, 'org' | 'team'> & Pick<ReportList, 'teams'>) {
  const all = [{ slug: undefined, name: 'Organisation' }, ...teams];
  return (
    <nav aria-label="Whose reports" className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {all.map(({ slug, name }) => (
        <TextLink
          key={slug ?? ''}
          href={paths.reports(org, { team: slug })}
          aria-current={slug === team ? 'page' : undefined}
          className="text-muted hover:text-ink aria-[current=page]:font-semibold aria-[current=page]:text-ink"
          quiet
        >
          <bdi>{name}</bdi>
        </TextLink>
      ))}
    </nav>
  );
}

type VoidsProps = { org: string; team: string | undefined; rows: readonly VoidRow[] };

function Voids({ org, team, rows }: VoidsProps) {
  return (
    <section aria-labelledby="voids" className="mb-6">
      <SectionHeading id="voids">Void</SectionHeading>
      <ul className="flex flex-col gap-1 text-sm">
        {rows.map(({ week, edition, reason }) => (
          <li key={`${week} ${edition}`}>
            <TextLink href={paths.report(org, week, team, edition)}>{week}</TextLink>: {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failures({ rows }: { rows: readonly ReportFailureRow[] }) {
  return (
    <section aria-labelledby="failures" className="mb-6">
      <SectionHeading id="failures">Could not be computed</SectionHeading>
      <ul className="flex flex-col gap-1 text-sm">
        {rows.map(({ week, team, attempts, error, nextTryAt }) => (
          <li key={`${week} ${team?.slug ?? ''}`} className="text-red wrap-anywhere">
            {week}, <bdi>{team?.name ?? 'the organisation'}</bdi>: {error} Tried {attempts} times; again{' '}
            <Time at={nextTryAt} style="due" />.
          </li>
        ))}
      </ul>
    </section>
  );
}
