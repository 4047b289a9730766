import type { ReactNode } from 'react';
import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { Paging } from '@/components/layout/paging';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { formatCount, plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import { formatDate } from '@/components/ui/time';
import type { AuditFilters, AuditPage, AuditStanding } from '@/lib/audit/types';
import { AuditEntry } from './audit-entry';
import { AuditFilterForm } from './audit-filter-form';
import { StandingCard } from './standing-card';

type Props = { org: string; page: AuditPage; filters: AuditFilters; cursor: string | undefined };

function headline({ entries, verified }: AuditStanding): string {
  const count = plural(entries, 'entry', 'entries');
  if (!verified) return `${count}; the chain was not verified yet.`;
  const on = formatDate(verified.at, 'dayOfYear');
  return verified.problem
    ? `${count}; on ${on} the chain did not verify.`
    : `${count}; the chain was verified on ${on} up to entry ${formatCount(verified.upTo)}.`;
}

export function AuditView({ org, page, filters, cursor }: Props) {
  const { items, nextCursor, acts, standing, mayKeep } = page;
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <div className="max-w-5xl">
      <PageHeader
        title={headline(standing)}
        lead="Every change, by whom and why. Each entry holds the hash of the one before, and signed checkpoints cover them all: nothing can be changed or removed unseen."
      />
      {standing.verified?.problem ? (
        <p role="alert" className="mb-4 rounded-lg border border-red/30 bg-red-soft px-3 py-2 text-sm">
          {standing.verified.problem} Take a backup of the database as it is, and compare it with the
          checkpoints that were kept outside.
        </p>
      ) : null}
      <StandingCard org={org} standing={standing} mayKeep={mayKeep} />
      <AuditFilterForm
        org={org}
        filters={filters}
        acts={acts}
        aside={<Files filters={filters} isFiltered={isFiltered} />}
      />
      {items.length === 0 ? (
        <EmptyState title={isFiltered ? 'No entry is like that.' : 'No entry yet'}>
          {isFiltered ? (
            <TextLink href={paths.audit(org)}>Show all entries</TextLink>
          ) : (
            'The first deed is the first entry.'
          )}
        </EmptyState>
      ) : (
        <Card>
          <ol aria-label="Entries">
            {items.map((entry) => (
              <AuditEntry key={entry.seq} entry={entry} />
            ))}
          </ol>
        </Card>
      )}
      <Paging
        first={cursor ? paths.audit(org, filters) : null}
        next={nextCursor ? paths.audit(org, { ...filters, cursor: nextCursor }) : null}
      />
    </div>
  );
}

/** Files are fetched by the browser itself, not by the router. */
function Files({ filters, isFiltered }: { filters: AuditFilters; isFiltered: boolean }) {
  const file = (href: string, name: ReactNode) => (
    <a href={href} download className="underline-offset-2 hover:text-ink hover:underline">
      {name}
    </a>
  );
  const what = isFiltered ? 'what is filtered' : 'all entries';
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      {file(paths.auditFile({ format: 'export' }), 'Whole record, to verify offline')}
      {file(
        paths.auditFile({ ...filters, format: 'ndjson' }),
        <>
          NDJSON<span className="sr-only"> of {what}</span>
        </>,
      )}
      {file(
        paths.auditFile({ ...filters, format: 'csv' }),
        <>
          CSV<span className="sr-only"> of {what}</span>
        </>,
      )}
    </span>
  );
}

/** For those who may not read it: why, and who can. */
export function AuditRefused() {
  return (
    <div className="max-w-3xl">
      <PageHeader title="The audit log is for owners, admins and auditors." />
      <EmptyState title="You may not read it">
        It tells who did what, and how it was decided. Ask an owner or an admin to look, or to give you the
        role of an auditor.
      </EmptyState>
    </div>
  );
}
