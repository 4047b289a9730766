import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { paths } from '@/components/layout/paths';
import { Th } from '@/components/ui/data-table';
import type { LaneFilters, LaneSort } from '@/lib/lanes/types';
import { queryOfFilters } from './lane-filters';

type Props = { org: string; sort: LaneSort; label: string; filters: LaneFilters };

/** A column heading that sorts by a link; a second press turns the order round. */
export function SortHeader({ org, sort, label, filters }: Props) {
  const isMine = (filters.sort ?? 'team') === sort;
  const descending = isMine && !filters.descending;
  const href = paths.lanes(org, queryOfFilters({ ...filters, sort, descending }));
  const Icon = filters.descending ? ArrowDown : ArrowUp;
  return (
    <Th aria-sort={isMine ? (filters.descending ? 'descending' : 'ascending') : undefined} data-csv={label}>
      <Link
        href={href}
        prefetch={false}
        scroll={false}
        className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
      >
        {label}
        {isMine ? <Icon size={12} aria-hidden /> : null}
      </Link>
    </Th>
  );
}
