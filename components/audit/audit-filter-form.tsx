import type { ReactNode } from 'react';
import { FilterForm, FilterSelect, FilterText } from '@/components/layout/filter-form';
import { paths } from '@/components/layout/paths';
import type { AuditFilters } from '@/lib/audit/types';

type Props = { org: string; filters: AuditFilters; acts: readonly string[]; aside: ReactNode };

export function AuditFilterForm({ org, filters, acts, aside }: Props) {
  return (
    <FilterForm
      action={paths.audit(org)}
      label="Filter the audit log"
      isFiltered={Object.values(filters).some(Boolean)}
      aside={aside}
    >
      <FilterText name="who" label="Who" value={filters.who} />
      <FilterSelect
        name="act"
        label="What was done"
        value={filters.act}
        all="All acts"
        options={acts.map((act) => ({ value: act, label: act.replaceAll(/[._]/g, ' ') }))}
      />
      <FilterText name="target" label="To what" value={filters.target} />
      <FilterText name="from" label="From (UTC)" value={filters.from} type="date" />
      <FilterText name="to" label="To (UTC)" value={filters.to} type="date" />
    </FilterForm>
  );
}
