import { GearMove } from '@/components/gear/gear-move';
import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { ClosedRow } from '@/lib/decisions/types';
import { StatusChip } from './outcome';

export function ClosedList({ org, closed }: { org: string; closed: readonly ClosedRow[] }) {
  return (
    <ul className="divide-y divide-line">
      {closed.map(({ id, teamName, categoryName, from, to, status, closedAt }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
          <StatusChip status={status} />
          <TextLink href={paths.decision(org, id)} className="font-medium">
            <bdi>{teamName}</bdi> · <bdi>{categoryName}</bdi>
          </TextLink>
          <GearMove from={from} to={to} />
          <span className="ml-auto text-muted">
            <Time at={closedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
