import type { ReactNode } from 'react';
import { FilterForm, FilterSearch, FilterSelect } from '@/components/layout/filter-form';
import { type LaneChoices, LaneSelects } from '@/components/layout/lane-selects';
import { paths } from '@/components/layout/paths';
import { formatDate } from '@/components/ui/time';
import type { TaskFilters } from '@/lib/tasks/types';
import { outcomeOptions, stateWord } from './task-words';

export type TaskChoices = LaneChoices & { agents: { key: string; name: string }[] };

type Props = TaskChoices & { org: string; filters: TaskFilters; aside: ReactNode };

export function TaskFilterForm({ org, filters, aside, teams, categories, agents }: Props) {
  const { week } = filters;
  return (
    <FilterForm
      action={paths.tasks(org)}
      label="Filter tasks"
      isFiltered={Object.values(filters).some(Boolean)}
      aside={aside}
    >
      <FilterSearch value={filters.q} placeholder="Search titles and refs" />
      <LaneSelects {...{ teams, categories, filters }} />
      <FilterSelect
        name="agent"
        label="Agent"
        value={filters.agent}
        all="All agents"
        options={agents.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <FilterSelect
        name="state"
        label="State"
        value={filters.state}
        all="All states"
        options={Object.entries(stateWord).map(([value, label]) => ({ value, label }))}
      />
      <FilterSelect
        name="outcome"
        label="Outcome"
        value={filters.outcome}
        all="All outcomes"
        options={outcomeOptions}
      />
      {week ? (
        <FilterSelect
          name="week"
          label="Week"
          value={week}
          all="All weeks"
          options={[{ value: week, label: `Week of ${formatDate(week, 'dayOfYear')}` }]}
        />
      ) : null}
    </FilterForm>
  );
}
