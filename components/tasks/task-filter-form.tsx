import { FilterForm, FilterSearch, FilterSelect } from '@/components/layout/filter-form';
import { paths } from '@/components/layout/paths';
import { formatDate } from '@/components/ui/time';
import type { TaskListFilters } from './task-filters';
import { outcomeOptions, stateWord } from './task-words';

export type TaskChoices = {
  teams: { slug: string; name: string }[];
  categories: { key: string; name: string }[];
  agents: { key: string; name: string }[];
};

type Props = TaskChoices & { org: string; filters: TaskListFilters };

export function TaskFilterForm({ org, filters, teams, categories, agents }: Props) {
  const { week } = filters;
  return (
    <FilterForm
      action={paths.tasks(org)}
      label="Filter tasks"
      isFiltered={Object.values(filters).some(Boolean)}
    >
      <FilterSearch value={filters.q} placeholder="Search titles and refs" />
      <FilterSelect
        name="team"
        label="Team"
        value={filters.team}
        all="All teams"
        options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
      <FilterSelect
        name="category"
        label="Kind of work"
        value={filters.category}
        all="All kinds"
        options={categories.map(({ key, name }) => ({ value: key, label: name }))}
      />
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
          options={[{ value: week, label: `Week of ${formatDate(week, 'day')}` }]}
        />
      ) : null}
    </FilterForm>
  );
}
