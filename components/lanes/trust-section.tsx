import { ChartLegend } from '@/components/charts/chart-legend';
import { TrustChartLazy } from '@/components/charts/trust-chart-lazy';
import type { TrustMark, TrustPoint } from '@/components/charts/trust-chart-types';
import { TrustTable } from '@/components/charts/trust-table';
import { moveWord } from '@/components/gear/move-words';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { CsvButton } from '@/components/ui/csv-button';
import { Details } from '@/components/ui/details';
import { plural } from '@/components/ui/numbers';
import type { LanePage } from '@/lib/lanes/types';
import { nowOf, summaryOf } from './trust-now';

const tableId = 'trust-weeks';

function pointsOf({ organisation, team, category, weeks }: LanePage): TrustPoint[] {
  return weeks.map(({ week, ...rest }) => ({
    ...rest,
    at: Date.parse(week),
    href: paths.tasks(organisation.slug, {
      team: team.slug,
      category: category.key,
      week: week.slice(0, 10),
    }),
  }));
}

function marksOf({ moves, incidents }: LanePage, from: number): TrustMark[] {
  const marks: TrustMark[] = [
    ...moves.map(({ at, kind }) => ({
      at: Date.parse(at),
      label: moveWord[kind].toLowerCase(),
      tone: kind === 'demoted' ? ('trouble' as const) : ('move' as const),
    })),
    ...incidents.map(({ at, severity }) => ({
      at: Date.parse(at),
      label: severity ?? 'incident',
      tone: 'trouble' as const,
    })),
  ];
  return marks.filter(({ at }) => at >= from).toSorted((a, b) => a.at - b.at);
}

export function TrustSection({ page }: { page: LanePage }) {
  const points = pointsOf(page);
  const now = nowOf(page);
  const first = points[0];
  return (
    <Card aria-label="Trust over time" className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-semibold">Trust over time</h2>
        <p className="text-sm text-muted">
          tasks that count as evidence · {plural(points.length, 'week')} · UTC
        </p>
      </div>
      {first ? (
        <>
          <figure aria-label={summaryOf(points, now)} className="m-0 h-80">
            <TrustChartLazy
              points={points}
              now={now}
              marks={marksOf(page, first.at)}
              bars={page.bars.map(({ gear, bar }) => ({ gear, level: bar }))}
            />
          </figure>
          <ChartLegend />
          <div className="relative">
            <Details summary="View as table">
              <div className="mt-2 max-h-96 overflow-auto rounded-lg border border-line">
                <TrustTable points={points} id={tableId} />
              </div>
            </Details>
            <span className="absolute top-0 right-0 text-sm text-muted print:hidden">
              <CsvButton tableId={tableId} fileName={`gait-${page.team.slug}-${page.category.key}.csv`}>
                Save as CSV
              </CsvButton>
            </span>
          </div>
        </>
      ) : (
        <p className="py-10 text-center text-muted">
          No week with evidence yet. The chart begins with the first task that counts.
        </p>
      )}
    </Card>
  );
}
