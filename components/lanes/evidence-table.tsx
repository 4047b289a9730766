import { Standing } from '@/components/outcomes/standing';
import { TaskCell } from '@/components/outcomes/task-cell';
import { Worth } from '@/components/outcomes/worth';
import { Chip } from '@/components/ui/chip';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { Time } from '@/components/ui/time';
import type { EvidenceRow } from '@/lib/lanes/types';

type Props = { org: string; rows: readonly EvidenceRow[]; id: string };

export function EvidenceTable({ org, rows, id }: Props) {
  return (
    <DataTable label="Evidence" id={id}>
      <thead>
        <tr>
          <Th>Decided</Th>
          <Th>Task</Th>
          <Th>Agent</Th>
          <Th>Outcome</Th>
          <Th>Worth</Th>
          <Th>Evidence</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.ref} className="hover:bg-hover/60">
            <Td className="text-muted" data-csv={row.decidedAt}>
              <Time at={row.decidedAt} style="date" />
            </Td>
            <TaskCell org={org} task={row} />
            <Td className="whitespace-nowrap">
              <bdi>{row.agent ?? '–'}</bdi>
            </Td>
            <Td>
              <span className="whitespace-nowrap">{row.outcomeLabel}</span>
              {row.charges.map(({ kind, severity, at }) => (
                <span key={`${kind}${at}`} className="ml-1.5">
                  <Chip tone="red">{kind === 'revert' ? 'reverted' : (severity ?? 'incident')}</Chip>
                </span>
              ))}
            </Td>
            <Td data-csv={row.score ?? ''}>
              <Worth score={row.score} />
            </Td>
            <Td>
              <Standing standing={row.standing} />
            </Td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
