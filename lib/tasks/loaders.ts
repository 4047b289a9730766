import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { systemClock } from '@/lib/platform/clock';
import { orFirstPage } from '@/lib/platform/or-first-page';
import { requireSession } from '@/lib/sessions/gate';
import { countTasks, listTasks } from './data/list';
import { getTask } from './data/task';
import type { TaskFilters, TaskPage, TasksPage } from './types';

export async function loadTasks(
  org: string,
  filters: TaskFilters,
  cursor: string | undefined,
): Promise<TasksPage> {
  const { orgId } = await requireSession(org);
  const list = await orFirstPage((from) => listTasks(orgId, filters, from), cursor, undefined);
  return { ...list, total: await countTasks(orgId, filters) };
}

/** Once a request, though the page and its title both ask. */
export const loadTask = cache(async (org: string, ref: string): Promise<TaskPage> => {
  const { orgId } = await requireSession(org);
  return (await getTask(orgId, ref, systemClock.now())) ?? notFound();
});
