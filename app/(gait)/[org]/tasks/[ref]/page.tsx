import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { TaskView } from '@/components/tasks/task-view';
import { withoutBidiControls } from '@/lib/domain/bidi';
import { loadShell } from '@/lib/organisations/loaders';
import { loadTask } from '@/lib/tasks/loaders';

type Props = { params: Promise<{ org: string; ref: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, ref } = await params;
  const task = await loadTask(decodePart(org), decodePart(ref));
  return { title: withoutBidiControls(task.title ?? task.ref).slice(0, 80) };
}

export default async function TaskPage({ params }: Props) {
  const { org: orgPart, ref } = await params;
  const org = decodePart(orgPart);
  const [task, { categories }] = await Promise.all([loadTask(org, decodePart(ref)), loadShell(org)]);
  return <TaskView org={org} task={task} categories={categories} />;
}
