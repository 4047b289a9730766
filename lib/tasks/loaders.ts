import 'server-only';
import { notFound } from 'next/navigation';
import { systemClock } from '@/lib/platform/clock';
import { isAppError } from '@/lib/platform/errors';
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
  try {
    return await listTasks(orgId, filters, cursor);
  } catch (error) {
    // A cursor that somebody shortened or typed is a page that does not exist.
    if (isAppError(error) && error.code === 'bad_request') notFound();
    throw error;
  }
}

export async function loadTask(org: string, ref: string): Promise<TaskPage> {
  const { orgId } = await requireSession(org);
  return (await getTask(orgId, ref, systemClock.now())) ?? notFound();
}
