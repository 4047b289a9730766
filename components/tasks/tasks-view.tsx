import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { Paging } from '@/components/layout/paging';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { CsvButton } from '@/components/ui/csv-button';
import { plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import { formatDate } from '@/components/ui/time';
import type { TaskFilters, TasksPage } from '@/lib/tasks/types';
import { type TaskChoices, TaskFilterForm } from './task-filter-form';
import { countedPhrases } from './task-words';
import { TasksTable } from './tasks-table';

const tableId = 'tasks';

/** "12 tasks were reviewed independently in the week of 16 Nov 2026." */
function weekTitle(total: number, { week = '', counted }: TaskFilters): string {
  const what = counted ? countedPhrases[counted] : 'decided';
  return `${plural(total, 'task')} ${total === 1 ? 'was' : 'were'} ${what} in the week of ${formatDate(week, 'dayOfYear')}.`;
}

type Props = TaskChoices & {
  org: string;
  list: TasksPage;
  filters: TaskFilters;
  cursor: string | undefined;
};

export function TasksView({ org, list, filters, cursor, ...choices }: Props) {
  const { items, nextCursor, total } = list;
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <>
      <PageHeader
        title={total === null ? 'What agents did, and what it was worth.' : weekTitle(total, filters)}
        lead="One task is one piece of agent work, usually a pull request. The latest stand first."
      />
      <TaskFilterForm
        org={org}
        filters={filters}
        aside={
          items.length > 0 ? (
            <CsvButton
              tableId={tableId}
              fileName="gait-tasks.csv"
              aria-label="Save this page of tasks as CSV"
            />
          ) : null
        }
        {...choices}
      />
      {items.length === 0 ? (
        <EmptyState title={isFiltered ? 'No task is like that.' : 'No task yet'}>
          {isFiltered ? (
            <TextLink href={paths.tasks(org)}>Show all tasks</TextLink>
          ) : (
            <>
              <TextLink href={paths.record(org)}>Record one by hand</TextLink> or send events, as the{' '}
              <TextLink href={paths.overview(org)}>overview</TextLink> shows.
            </>
          )}
        </EmptyState>
      ) : (
        <Card className="@container">
          <TasksTable org={org} rows={items} id={tableId} />
        </Card>
      )}
      <Paging
        first={cursor ? paths.tasks(org, filters) : null}
        next={nextCursor ? paths.tasks(org, { ...filters, cursor: nextCursor }) : null}
      />
    </>
  );
}
