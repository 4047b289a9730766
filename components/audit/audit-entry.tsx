import { Details } from '@/components/ui/details';
import { formatCount } from '@/components/ui/numbers';
import { Time } from '@/components/ui/time';
import { UserText } from '@/components/ui/user-text';
import type { AuditRow } from '@/lib/audit/types';
import type { Change } from '@/lib/domain/audit/changes';
import { wordsOf } from './act-words';
import { Subject } from './audit-subject';

/** One deed: who, what, to what; folded away what changed, and what proves it. */
export function AuditEntry({ org, entry }: { org: string; entry: AuditRow }) {
  const { seq, at, who, authenticatedBy, act, subject, reason } = entry;
  const isOwnSession = act.startsWith('session.') && subject.name === who;
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className="tnum shrink-0 text-sm text-faint sm:w-14">{formatCount(seq)}</span>
        <span className="order-last min-w-0 basis-full wrap-anywhere sm:order-none sm:flex-1 sm:basis-64">
          <bdi className="font-medium wrap-anywhere">{who}</bdi> {wordsOf(isOwnSession ? `own_${act}` : act)}{' '}
          {isOwnSession ? null : <Subject org={org} subject={subject} />}
        </span>
        <span className="text-sm text-muted max-sm:ml-auto">
          <Time at={at} />
        </span>
      </div>
      <div className="sm:pl-17">
        {reason ? (
          <p className="mt-1 text-sm">
            “<UserText>{reason}</UserText>”
          </p>
        ) : null}
        <Details
          className="mt-1"
          summary={
            <>
              What changed<span className="sr-only"> in entry {seq}</span>
            </>
          }
        >
          <Changes changes={entry.changes} />
          <Proof entry={entry} authenticatedBy={authenticatedBy} />
        </Details>
      </div>
    </li>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="mt-2 text-sm text-muted">Nothing but what is said above.</p>;
  return (
    <ul className="mt-2 flex flex-col gap-1 text-sm">
      {changes.map(({ path, before, after }) => (
        <li key={path} className="wrap-anywhere">
          {path ? <code className="font-mono text-muted">{path}</code> : null}{' '}
          {before === null ? null : (
            <del className="text-red">
              <span className="sr-only">before </span>
              <bdi>{before}</bdi>
            </del>
          )}
          {before !== null && after !== null ? ' → ' : null}
          {after === null ? null : (
            <ins className="text-run no-underline">
              <span className="sr-only">after </span>
              <bdi>{after}</bdi>
            </ins>
          )}
        </li>
      ))}
    </ul>
  );
}

function Proof({ entry, authenticatedBy }: { entry: AuditRow; authenticatedBy: string | null }) {
  const { act, target, at, requestId, policyVersion, hash } = entry;
  const facts = [
    ['Act', act],
    ['Target', target],
    ['Known by', authenticatedBy],
    ['At', at],
    ['Policy version', policyVersion === null ? null : String(policyVersion)],
    ['Request', requestId],
    ['Hash', hash],
  ] as const;
  return (
    <dl className="mt-2 grid gap-x-3 gap-y-0.5 text-xs text-muted sm:grid-cols-[max-content_1fr]">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd className="font-mono wrap-anywhere max-sm:mb-1">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
