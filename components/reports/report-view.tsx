import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { documentOf } from '@/lib/domain/report/document';
import type { ReportPage } from '@/lib/reports/types';
import { ReportChart } from './report-chart';
import { ReportSection } from './report-section';

const FORMS = { pdf: 'PDF', md: 'Markdown', csv: 'CSV', json: 'JSON' } as const;

/** A frozen report, made to be read and printed. */
export function ReportView({ org, page }: { org: string; page: ReportPage }) {
  const { content, team, previous, next, since, afterwards, frozenAt, hash, edition, editions, voided } =
    page;
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
                href={paths.reportFile(content.week, { team: team?.slug, as, edition: editionAsked(page) })}
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
      {voided ? (
        <Notice tone="red" className="mb-8 max-w-prose">
          <p className="font-semibold">This report is void.</p>
          <p className="mt-1">
            {voided.reason} Marked <Time at={voided.at} style="exact" /> UTC.{' '}
            {edition < Math.max(...editions) ? null : 'The week is frozen again when it is over.'}
          </p>
        </Notice>
      ) : null}
      {editions.length > 0 ? (
        <p className="mb-4 flex gap-4 text-sm print:hidden">
          {editions.map((other) => (
            <TextLink key={other} href={paths.report(org, content.week, team?.slug, other)}>
              Edition {other}
              {other > edition ? ', frozen again' : ', void'}
            </TextLink>
          ))}
        </p>
      ) : null}
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

/** Of a report that is not the latest of its week, the files are its own, too. */
function editionAsked({ edition, editions }: ReportPage): string | undefined {
  return editions.some((other) => other > edition) ? String(edition) : undefined;
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
