import { Paging } from '@/components/layout/paging';
import { paths } from '@/components/layout/paths';
import type { DecisionFilters } from '@/lib/decisions/types';

type Props = {
  org: string;
  filters: DecisionFilters;
  list: 'waiting' | 'log' | 'closed';
  label: string;
  nextCursor: string | null;
};

/** Pages of one list of the screen; the others stay on theirs. */
export function ListPaging({ org, filters, list, label, nextCursor }: Props) {
  const page = (cursor: string | undefined) =>
    `${paths.decisions(org, { ...filters, [list]: cursor })}#${list}`;
  return (
    <Paging
      label={label}
      first={filters[list] ? page(undefined) : null}
      next={nextCursor ? page(nextCursor) : null}
    />
  );
}
