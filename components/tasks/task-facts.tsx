import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { formatCount, plural } from '@/components/ui/numbers';
import { Time } from '@/components/ui/time';
import { withoutBidiControls } from '@/lib/domain/bidi';
import type { TaskPage } from '@/lib/tasks/types';
import { LaneOfTask } from './lane-of-task';

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_1fr] gap-2">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function sizeOf({ additions, deletions, files }: TaskPage): string | null {
  const lines =
    additions === null && deletions === null
      ? null
      : `+${formatCount(additions ?? 0)} −${formatCount(deletions ?? 0)}`;
  return [lines, files === null ? null : plural(files, 'file')].filter(Boolean).join(' in ') || null;
}

/** A moment in words; of what is known only by its day (from its first to its last moment, UTC), the day. */
function styleOf(at: string): 'ago' | 'date' {
  return /T(00:00:00\.000|23:59:59\.999)Z$/.test(at) ? 'date' : 'ago';
}

/** What is known about the task itself. */
export function TaskFacts({ org, task }: { org: string; task: TaskPage }) {
  const size = sizeOf(task);
  return (
    <Card aria-label="About the task" className="px-4 py-3.5 text-sm">
      <dl className="flex flex-col gap-2">
        <Row label="Lane">
          <LaneOfTask org={org} task={task} />
        </Row>
        <Row label="Sorted by">{withoutBidiControls(task.categoryReason)}</Row>
        <Row label="Agent">
          <bdi>{task.agent ?? 'not known'}</bdi>
        </Row>
        <Row label="Requester">
          <bdi>{task.requester ?? 'not known'}</bdi>
        </Row>
        {task.repository ? (
          <Row label="Repository">
            <bdi>{task.repository}</bdi>
          </Row>
        ) : null}
        {size ? <Row label="Size">{size}</Row> : null}
        {task.openedAt ? (
          <Row label="Opened">
            <Time at={task.openedAt} style={styleOf(task.openedAt)} />
          </Row>
        ) : null}
        {task.decidedAt ? (
          <Row label="Decided">
            <Time at={task.decidedAt} style={styleOf(task.decidedAt)} />
          </Row>
        ) : null}
        {task.headSha ? (
          <Row label="Head">
            <code className="font-mono text-xs">{task.headSha.slice(0, 12)}</code>
          </Row>
        ) : null}
        {task.labels.length > 0 ? (
          <Row label="Labels">
            <bdi>{task.labels.join(', ')}</bdi>
          </Row>
        ) : null}
      </dl>
    </Card>
  );
}
