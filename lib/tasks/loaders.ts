import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { systemClock } from '@/lib/platform/clock';
import { orFirstPage } from '@/lib/platform/or-first-page';
import { requireSession } from '@/lib/sessions/gate';
import { listTasks } from './data/list';
import { getTask } from './data/task';
import type { TaskFilters, TaskList, TaskPage } from './types';

export async function loadTasks(
  org: string,
  filters: TaskFilters,
  cursor: string | undefined,
): Promise<TaskList> {
  const { orgId } = await requireSession(org);
  return orFirstPage((from) => listTasks(orgId, filters, from), cursor, undefined);
}

/** Once a request, though the page and its title both ask. */
export const loadTask = cache(async (org: string, ref: string): Promise<TaskPage> => {
  const { orgId } = await requireSession(org);
  return (await getTask(orgId, ref, systemClock.now())) ?? notFound();
});
