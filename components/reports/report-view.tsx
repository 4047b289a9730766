import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { documentOf } from '@/lib/domain/report/document';
import type { ReportPage } from '@/lib/reports/types';
import { ReportChart } from './report-chart';
import { ReportSection } from './report-section';

const FORMS = { pdf: 'PDF', md: 'Markdown', csv: 'CSV', json: 'JSON' } as const;

/** A frozen report, made to be read and printed. */
export function ReportView({ org, page }: { org: string; page: ReportPage }) {
  const { content, team, previous, next, since, afterwards, frozenAt, hash } = page;
  const { lead, answer, sections, fine } = documentOf(content);
  return (
    <article>
      <PageHeader
        trail={[
          { label: 'Reports', href: paths.reports(org, { team: team?.slug }) },
          ...(team ? [{ label: team.name, href: paths.team(org, team.slug) }] : []),
        ]}
        title={answer}
        lead={`${content.week}: ${lead}`}
        aside={
          <span className="flex gap-4 text-sm print:hidden">
            {(['pdf', 'md', 'csv', 'json'] as const).map((as) => (
              <a
                key={as}
                href={paths.reportFile(content.week, { team: team?.slug, as })}
                className="text-muted hover:text-ink"
              >
                {FORMS[as]}
              </a>
            ))}
            {previous || next ? (
              <TextLink href={paths.comparison(org, content.week, { team: team?.slug })}>Compare</TextLink>
            ) : null}
            {previous ? (
              <TextLink href={paths.report(org, previous, team?.slug)}>Week before</TextLink>
            ) : null}
            {next ? <TextLink href={paths.report(org, next, team?.slug)}>Week after</TextLink> : null}
          </span>
        }
      />
      <Aside title="Since the week ended" sentences={afterwards} />
      <Aside title="Since it was frozen" sentences={since} />
      <div className="flex flex-col gap-8">
        <ReportChart content={content} />
        {sections.map((section) => (
          <ReportSection key={section.key} org={org} section={section} />
        ))}
      </div>
      <footer className="mt-8 flex max-w-prose flex-col gap-2 border-t border-line pt-4 text-sm text-muted">
        {fine.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>
          Frozen <Time at={frozenAt} style="exact" /> UTC. SHA-256{' '}
          <code className="font-mono text-xs wrap-anywhere">{hash}</code>, as in the audit log.
        </p>
      </footer>
    </article>
  );
}

/** What is not in the report, and its reader must know. */
function Aside({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <aside aria-label={title} className="mb-8 max-w-prose border-l-2 border-amber pl-4 text-sm">
      <p className="font-semibold">{title}</p>
      {sentences.map((sentence) => (
        <p key={sentence} className="mt-1 wrap-anywhere">
          {sentence}
        </p>
      ))}
    </aside>
  );
}
