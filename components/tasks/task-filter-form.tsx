import type { ReactNode } from 'react';
import { FilterForm, FilterSearch, FilterSelect } from '@/components/layout/filter-form';
import { type LaneChoices, LaneSelects } from '@/components/layout/lane-selects';
import { paths } from '@/components/layout/paths';
import { formatDate } from '@/components/ui/time';
import { COUNTED, type TaskFilters } from '@/lib/tasks/types';
import { countedWords, outcomeOptions, stateWord } from './task-words';

export type TaskChoices = LaneChoices & { agents: { key: string; name: string }[] };

type Props = TaskChoices & { org: string; filters: TaskFilters; aside: ReactNode };

function weekInWords(week: string, zone: string | undefined): string {
  return `Week of ${formatDate(week, 'dayOfYear')}${zone && zone !== 'UTC' ? ` (${zone})` : ''}`;
}

export function TaskFilterForm({ org, filters, aside, teams, categories, agents }: Props) {
  const { week, zone, counted } = filters;
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
          options={[{ value: week, label: weekInWords(week, zone) }]}
        />
      ) : null}
      {week && zone ? <input type="hidden" name="zone" value={zone} /> : null}
      {counted ? (
        <FilterSelect
          name="counted"
          label="Counted as"
          value={counted}
          all="However counted"
          options={COUNTED.map((value) => ({ value, label: countedWords[value] }))}
        />
      ) : null}
    </FilterForm>
  );
}
