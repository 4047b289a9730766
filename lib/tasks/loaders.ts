import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { systemClock } from '@/lib/platform/clock';
import { orNotFound } from '@/lib/platform/or-not-found';
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
  return orNotFound(listTasks(orgId, filters, cursor));
}

/** Once a request, though the page and its title both ask. */
export const loadTask = cache(async (org: string, ref: string): Promise<TaskPage> => {
  const { orgId } = await requireSession(org);
  return (await getTask(orgId, ref, systemClock.now())) ?? notFound();
});
