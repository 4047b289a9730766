import type { Metadata } from 'next';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { readTaskFilters } from '@/components/tasks/task-filters';
import { TasksView } from '@/components/tasks/tasks-view';
import { loadAgents } from '@/lib/agents/loaders';
import { loadShell } from '@/lib/organisations/loaders';
import { loadTasks } from '@/lib/tasks/loaders';

export const metadata: Metadata = { title: 'Tasks' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function TasksPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const query = await searchParams;
  const filters = readTaskFilters(query);
  const cursor = firstOf(query.cursor);
  const [list, shell, agents] = await Promise.all([
    loadTasks(org, filters, cursor),
    loadShell(org),
    loadAgents(org),
  ]);
  return (
    <TasksView
      org={org}
      list={list}
      filters={filters}
      cursor={cursor}
      teams={shell.teams}
      categories={shell.categories}
      agents={agents.items}
    />
  );
}
