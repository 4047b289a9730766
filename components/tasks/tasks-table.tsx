import { TaskCell } from '@/components/outcomes/task-cell';
import { Worth } from '@/components/outcomes/worth';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/class-names';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { plural } from '@/components/ui/numbers';
import { Time } from '@/components/ui/time';
import type { TaskRow } from '@/lib/tasks/types';
import { LaneOfTask } from './lane-of-task';
import { outcomeWord, stateTone, stateWord } from './task-words';

type Props = { org: string; rows: readonly TaskRow[]; id: string };

/** Where the card is too narrow for all columns, the task's cell says what they would: nothing stands out of sight. */
const wide = 'hidden @min-[60rem]:table-cell';
const narrow = '@min-[60rem]:hidden';

function Outcome({ row }: { row: TaskRow }) {
  return (
    <>
      <span className={row.outcomeLabel === null ? 'text-muted' : ''}>{outcomeWord(row)}</span>
      {row.incidentCount > 0 ? (
        <Chip tone="red" className="ml-1.5">
          {plural(row.incidentCount, 'incident')}
        </Chip>
      ) : null}
    </>
  );
}

/** All but the task itself, in two lines below it. */
function Rest({ org, row }: { org: string; row: TaskRow }) {
  return (
    <div className={cn('mt-1.5 flex flex-col gap-1', narrow)}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Chip tone={stateTone[row.state]}>{stateWord[row.state]}</Chip>
        <span>
          <Outcome row={row} />
        </span>
        <span className="ml-auto whitespace-nowrap">
          <span className="text-xs text-muted">worth</span> <Worth score={row.score} />
        </span>
      </p>
      <p className="flex flex-wrap gap-x-3 text-xs text-muted wrap-anywhere">
        <LaneOfTask quiet org={org} task={row} />
        {row.agent === null ? null : <bdi>{row.agent}</bdi>}
        <Time at={row.lastEventAt} />
      </p>
    </div>
  );
}

export function TasksTable({ org, rows, id }: Props) {
  return (
    <DataTable label="Tasks" id={id}>
      <thead>
        <tr>
          <Th className={wide}>Last event</Th>
          <Th className="@max-[60rem]:px-4">Task</Th>
          <Th className={wide}>Lane</Th>
          <Th className={wide}>Agent</Th>
          <Th className={wide}>State</Th>
          <Th className={wide}>Outcome</Th>
          <Th className={wide}>Worth</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.ref} className="hover:bg-hover/60">
            <Td className={cn('text-muted', wide)} data-csv={row.lastEventAt}>
              <Time at={row.lastEventAt} />
            </Td>
            <TaskCell org={org} task={row} className="max-w-0 @max-[60rem]:px-4 @min-[60rem]:min-w-64">
              <Rest org={org} row={row} />
            </TaskCell>
            <Td className={cn('whitespace-nowrap', wide)}>
              <LaneOfTask quiet org={org} task={row} />
            </Td>
            <Td className={cn('whitespace-nowrap', wide)}>
              <bdi>{row.agent ?? '–'}</bdi>
            </Td>
            <Td className={wide}>
              <Chip tone={stateTone[row.state]}>{stateWord[row.state]}</Chip>
            </Td>
            <Td className={cn('whitespace-nowrap', wide)}>
              <Outcome row={row} />
            </Td>
            <Td className={wide} data-csv={row.score ?? ''}>
              <Worth score={row.score} />
            </Td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
