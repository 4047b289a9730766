'use client';

import type { ComponentProps } from 'react';
import { csvCell } from '@/lib/domain/csv';

const rowSelector = 'tr, [role="row"]';
const cellSelector = 'th, td, [role="gridcell"], [role="columnheader"], [role="rowheader"]';

function cellText(cell: Element): string {
  return csvCell(cell.getAttribute('data-csv') ?? cell.textContent?.replace(/\s+/g, ' ').trim() ?? '');
}

function tableToCsv(table: Element): string {
  const rows = [...table.querySelectorAll(rowSelector)];
  return rows.map((row) => [...row.querySelectorAll(cellSelector)].map(cellText).join(',')).join('\r\n');
}

type Props = Omit<ComponentProps<'button'>, 'type' | 'onClick'> & { tableId: string; fileName: string };

/** Saves the table or grid with this id as CSV, in the browser. */
export function CsvButton({ tableId, fileName, children = 'CSV', ...rest }: Props) {
  function save() {
    const table = document.getElementById(tableId);
    if (!table) return;
    const url = URL.createObjectURL(new Blob([`\ufeff${tableToCsv(table)}\r\n`], { type: 'text/csv' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <button
      type="button"
      onClick={save}
      className="underline-offset-2 hover:text-ink hover:underline"
      {...rest}
    >
      {children}
    </button>
  );
}
