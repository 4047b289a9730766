import { paths } from '@/components/layout/paths';
import { Details } from '@/components/ui/details';
import { formatAmount } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { MoveRow } from '@/lib/lanes/types';

function label(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function show(value: number | string | null): string {
  if (value === null) return '–';
  return typeof value === 'number' ? formatAmount(value) : value;
}

/** What was known at the move, folded away. */
export function MoveEvidence({ org, move }: { org: string; move: MoveRow }) {
  const facts = Object.entries(move.evidence);
  return (
    <div className="mt-1 flex flex-wrap items-start gap-x-4 gap-y-1 text-sm text-muted">
      {move.people.length > 0 ? (
        <span>
          by <bdi className="text-ink">{move.people.join(', ')}</bdi>
        </span>
      ) : null}
      {move.taskRef ? (
        <TextLink href={paths.task(org, move.taskRef)} className="font-mono text-xs leading-5 wrap-anywhere">
          {move.taskRef}
        </TextLink>
      ) : null}
      {move.recommendationId ? (
        <TextLink href={paths.decision(org, move.recommendationId)}>What was recommended</TextLink>
      ) : null}
      <Details summary="What was known">
        <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5 pl-5 text-xs">
          <dt>at</dt>
          <dd className="text-ink">
            <Time at={move.at} style="exact" /> UTC
          </dd>
          <dt>policy version</dt>
          <dd className="text-ink">{move.policyVersion}</dd>
          {facts.map(([key, value]) => (
            <div key={key} className="contents">
              <dt>{label(key)}</dt>
              <dd className="tnum text-ink wrap-anywhere">{show(value)}</dd>
            </div>
          ))}
        </dl>
      </Details>
    </div>
  );
}
