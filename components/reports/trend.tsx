import { GEARS } from '@/lib/domain/gear';
import type { ReportRow } from '@/lib/reports/types';

const COLORS = { run: 'bg-run', walk: 'bg-walk', crawl: 'bg-field-line/50' } as const;

/** How many lanes each gear had at the end of each week, oldest first: columns that fill with what is earned. The table beside it has the numbers. */
export function Trend({ items }: { items: readonly ReportRow[] }) {
  const weeks = items.toReversed();
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last || weeks.length < 2) return null;
  return (
    <figure className="mb-6 max-w-3xl">
      <div role="img" aria-label={inWords(first, last)} className="flex h-28 items-end gap-1">
        {weeks.map(({ week, gears }) => {
          const all = gears.run + gears.walk + gears.crawl;
          return (
            <span
              key={week}
              title={`${week}: ${gears.run} run, ${gears.walk} walk, ${gears.crawl} crawl`}
              className="flex h-full max-w-10 flex-1 flex-col-reverse overflow-hidden rounded-sm"
            >
              {GEARS.toReversed().map((gear) => (
                <span
                  key={gear}
                  className={COLORS[gear]}
                  style={{ height: `${all === 0 ? 0 : (100 * gears[gear]) / all}%` }}
                />
              ))}
            </span>
          );
        })}
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        <span>
          {first.week} to {last.week}: lanes by gear, of all lanes
        </span>
        {GEARS.toReversed().map((gear) => (
          <span key={gear} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-xs ${COLORS[gear]}`} />
            {gear}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function inWords(first: ReportRow, last: ReportRow): string {
  const said = ({ week, gears }: ReportRow) =>
    `at the end of ${week} ${gears.run} lanes in run, ${gears.walk} in walk, ${gears.crawl} in crawl`;
  return `Lanes by gear, week by week: ${said(first)}; ${said(last)}.`;
}
