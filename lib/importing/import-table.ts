import type { createBatches } from './batches';
import type { Unusable } from './build-rows';
import type { Leftover } from './dataset';
import type { CheckedEvent } from './events';
import type { EventCounts } from './report';
import type { Place, Resumption } from './resumption';
import type { Table, TableRow } from './tables/table';

/** What the tables of one import share. */
export type Line = {
  readonly batches: ReturnType<typeof createBatches>;
  readonly resumption: Resumption;
  readonly events: EventCounts;
  readonly onLeftover: (leftover: Leftover) => void;
  readonly onRow: (offset: number) => void;
  readonly onEvents: (events: readonly CheckedEvent[]) => void;
  readonly isStopped: () => boolean;
};

export type TableWork<Built extends { readonly events: CheckedEvent[] }> = {
  readonly place: Omit<Place, 'row'>;
  readonly table: Table;
  readonly build: (row: TableRow) => Built | Unusable;
  readonly onRead: () => void;
  /** In, now or in an earlier run. */
  readonly onImported: (built: Built) => void;
  readonly onUnusable: (outcome: Unusable['outcome']) => void;
};

/** Goes through one table, in order, and stops between two rows. */
export async function importTable<Built extends { readonly events: CheckedEvent[] }>(
  line: Line,
  { place, table, build, onRead, onImported, onUnusable }: TableWork<Built>,
): Promise<void> {
  const leave = (row: TableRow, { outcome, reasons }: Unusable): void => {
    onUnusable(outcome);
    line.onLeftover(leftoverOf(table.file, row, outcome, reasons));
  };
  let offset = 0;
  const rows = table.rows((bytes) => {
    offset = bytes;
  });
  for await (const row of rows) {
    if (line.isStopped()) return;
    onRead();
    line.onRow(offset);
    const built = build(row);
    if ('outcome' in built) {
      leave(row, built);
      continue;
    }
    const at: Place = { ...place, row: row.row };
    const settle = (rejected: readonly string[]): void => {
      if (rejected.length === 0) onImported(built);
      else leave(row, { outcome: 'refused', reasons: rejected });
    };
    const earlier = line.resumption.earlier(at);
    if (earlier) {
      settle(earlier.rejected);
      continue;
    }
    line.onEvents(built.events);
    const delivered = (rejected: readonly string[]): void => {
      settle(rejected);
      line.resumption.settled(at, rejected, line.events);
    };
    await line.batches.add({ events: built.events, delivered });
  }
}

export function leftoverOf(
  file: string,
  row: TableRow,
  outcome: Leftover['outcome'],
  reasons: readonly string[],
): Leftover {
  const content = 'cells' in row ? Object.fromEntries(row.cells) : row.raw;
  return { outcome, file, row: row.row, line: row.line, reasons, content };
}
