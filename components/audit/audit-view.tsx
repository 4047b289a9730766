import type { ReactNode } from 'react';
import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { Paging } from '@/components/layout/paging';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { currentTime } from '@/components/ui/now';
import { formatCount, plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import { formatPast, formatRelative } from '@/components/ui/time';
import type { AuditFilters, AuditPage, AuditStanding } from '@/lib/audit/types';
import { AcknowledgedAlarms, AuditAlarm } from './alarm';
import { AuditEntry } from './audit-entry';
import { AuditFilterForm } from './audit-filter-form';
import { StandingCard } from './standing-card';

type Props = { org: string; page: AuditPage; filters: AuditFilters; cursor: string | undefined };

const DAY_MS = 86_400_000;

function headline(standing: AuditStanding, now: number): string {
  const { entries, verified } = standing;
  const count = plural(entries, 'entry', 'entries');
  if (standing.alarm) return `${count}; the log does not match its proof.`;
  if (!verified) return `${count}; the chain was not verified yet.`;
  const when = formatPast(verified.at, now);
  if (verified.problem) return `${count}; ${when} the chain did not verify.`;
  return isAllVerified(standing)
    ? `${count}, all verified ${when}.`
    : `${count}, verified ${when} up to entry ${formatCount(verified.upTo)}.`;
}

function isAllVerified({ entries, removed, verified }: AuditStanding): boolean {
  return verified !== null && verified.upTo >= removed + entries;
}

/** When what was written since the last verification is verified. */
function Unverified({ standing, now }: { standing: AuditStanding; now: number }) {
  const { entries, removed, verified } = standing;
  if (!verified || verified.problem || standing.alarm || isAllVerified(standing)) return null;
  const newer = removed + entries - verified.upTo;
  const next = new Date(Date.parse(verified.at) + DAY_MS).toISOString();
  const isDue = Date.parse(next) <= now;
  return (
    <>
      {' '}
      The {newer === 1 ? 'newest entry is' : `newest ${plural(newer, 'entry', 'entries')} are`} verified{' '}
      {isDue ? 'shortly' : formatRelative(next, now)}, or at once by “Verify now”.
    </>
  );
}

export function AuditView({ org, page, filters, cursor }: Props) {
  const { items, nextCursor, acts, standing, mayKeep, mayAcknowledge } = page;
  const isFiltered = Object.values(filters).some(Boolean);
  const now = currentTime();
  return (
    <div className="max-w-5xl">
      <PageHeader
        title={headline(standing, now)}
        lead={
          <>
            Every change, by whom and why. Each entry holds the hash of the one before, and signed checkpoints
            cover them all. What is changed or removed shows against any checkpoint that is kept elsewhere.
            <Unverified standing={standing} now={now} />
          </>
        }
      />
      {standing.alarm ? (
        <AuditAlarm org={org} alarm={standing.alarm} mayAcknowledge={mayAcknowledge} />
      ) : null}
      {standing.verified?.problem && !standing.alarm ? (
        <p role="alert" className="mb-4 rounded-lg border border-red/30 bg-red-soft px-3 py-2 text-sm">
          {standing.verified.problem} Take a backup of the database as it is, and compare it with the
          checkpoints that were kept outside.
        </p>
      ) : null}
      <AcknowledgedAlarms alarms={standing.acknowledged} />
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
              <AuditEntry key={entry.seq} org={org} entry={entry} />
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
