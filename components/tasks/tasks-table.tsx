import { paths } from '@/components/layout/paths';
import { TaskCell } from '@/components/outcomes/task-cell';
import { Worth } from '@/components/outcomes/worth';
import { Chip } from '@/components/ui/chip';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { TaskRow } from '@/lib/tasks/types';
import { outcomeWord, stateTone, stateWord } from './task-words';

type Props = { org: string; rows: readonly TaskRow[]; id: string };

export function TasksTable({ org, rows, id }: Props) {
  return (
    <DataTable label="Tasks" id={id}>
      <thead>
        <tr>
          <Th>Last event</Th>
          <Th>Task</Th>
          <Th>Lane</Th>
          <Th>Agent</Th>
          <Th>State</Th>
          <Th>Outcome</Th>
          <Th>Worth</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.ref} className="hover:bg-hover/60">
            <Td className="text-muted" data-csv={row.lastEventAt}>
              <Time at={row.lastEventAt} />
            </Td>
            <TaskCell org={org} task={row} />
            <Td className="whitespace-nowrap">
              <TextLink quiet href={paths.lane(org, row.team, row.category)}>
                <bdi>{row.teamName}</bdi> · <bdi>{row.categoryName}</bdi>
              </TextLink>
            </Td>
            <Td className="whitespace-nowrap">
              <bdi>{row.agent ?? '–'}</bdi>
            </Td>
            <Td>
              <Chip tone={stateTone[row.state]}>{stateWord[row.state]}</Chip>
            </Td>
            <Td className="whitespace-nowrap">
              <span className={row.outcomeLabel === null ? 'text-muted' : ''}>{outcomeWord(row)}</span>
              {row.incidentCount > 0 ? (
                <Chip tone="red" className="ml-1.5">
                  {plural(row.incidentCount, 'incident')}
                </Chip>
              ) : null}
            </Td>
            <Td data-csv={row.score ?? ''}>
              <Worth score={row.score} />
            </Td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
