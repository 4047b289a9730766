import Form from 'next/form';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { buttonStyle } from '@/components/ui/button';
import { comparisonOf } from '@/lib/domain/report/compare';
import type { ReportComparison } from '@/lib/reports/types';
import { ReportSection } from './report-section';

type Props = { org: string; comparison: ReportComparison };

/** Two weeks of one team, or of the organisation, side by side. */
export function ComparisonView({ org, comparison }: Props) {
  const { report, other, weeks } = comparison;
  const { team, week } = report;
  const trail = [
    { label: 'Reports', href: paths.reports(org, { team: team?.slug }) },
    { label: `${team ? `${team.name}, ` : ''}${week}`, href: paths.report(org, week, team?.slug) },
  ];
  const [earlier, later] = other === null || other.week > week ? [report, other] : [other, report];
  if (later === null)
    return (
      <PageHeader
        trail={trail}
        title="There is no other week to compare with."
        lead="Another week is frozen on Monday; earlier ones are computed by npx gait report."
      />
    );
  const { answer, lead, sections, fine } = comparisonOf(earlier, later);
  return (
    <article>
      <PageHeader trail={trail} title={answer} lead={lead} />
      <Form
        action={paths.comparison(org, week)}
        aria-label="Which week to compare with"
        className="mb-8 flex flex-wrap items-center gap-2 print:hidden"
      >
        {team ? <input type="hidden" name="team" value={team.slug} /> : null}
        <label className="flex items-center gap-2 text-sm">
          {week} beside
          <select
            key={other?.week}
            name="with"
            defaultValue={other?.week}
            className="h-8 rounded-md border border-field-line bg-card px-1.5 text-sm"
          >
            {weeks.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button type="submit" className={buttonStyle({ size: 'small' })}>
          Compare
        </button>
      </Form>
      <div className="flex flex-col gap-8">
        {sections.map((section) => (
          <ReportSection key={section.key} org={org} section={section} />
        ))}
      </div>
      <footer className="mt-8 flex max-w-prose flex-col gap-2 border-t border-line pt-4 text-sm text-muted">
        {fine.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </footer>
    </article>
  );
}
