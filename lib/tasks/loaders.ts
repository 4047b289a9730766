import 'server-only';
import { notFound } from 'next/navigation';
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

export async function loadTask(org: string, ref: string): Promise<TaskPage> {
  const { orgId } = await requireSession(org);
  return (await getTask(orgId, ref, systemClock.now())) ?? notFound();
}
