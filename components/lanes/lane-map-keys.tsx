'use client';

import { useRouter } from 'next/navigation';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
} from 'react';

function targetsOf(row: Element): HTMLElement[] {
  const cells = [...row.querySelectorAll<HTMLElement>('[role="rowheader"], [role="gridcell"]')];
  return cells.map((cell) => cell.querySelector('a') ?? cell);
}

function rowsOf(grid: HTMLElement): HTMLElement[][] {
  const rows = [...grid.querySelectorAll('[role="row"]')].map(targetsOf);
  return rows.filter((targets) => targets.length > 0);
}

/** The last lane of a row: what stands behind it, what stops the team, is words and leads nowhere. */
function lastLink(targets: readonly HTMLElement[] = []): number {
  return targets.findLastIndex((target) => target.matches('a'));
}

/** Where a key leads from (row, column), or null when it is not a key of the grid. */
function moveFrom(event: KeyboardEvent, row: number, column: number, rows: readonly HTMLElement[][]) {
  const far = event.ctrlKey || event.metaKey;
  const lastRow = rows.length - 1;
  switch (event.key) {
    case 'ArrowLeft':
      return [row, column - 1];
    case 'ArrowRight':
      return [row, column + 1];
    case 'ArrowUp':
      return [row - 1, column];
    case 'ArrowDown':
      return [row + 1, column];
    case 'PageUp':
      return [Math.max(0, row - 8), column];
    case 'PageDown':
      return [Math.min(lastRow, row + 8), column];
    case 'Home':
      return [far ? 0 : row, 0];
    case 'End': {
      const ends = far ? lastRow : row;
      return [ends, lastLink(rows[ends])];
    }
    default:
      return null;
  }
}

type Props = {
  children: ReactNode;
  id: string;
  label: string;
  rowCount: number;
  categories: number;
  className: string;
};

/**
 * The grid around server-made rows: one tab stop, arrow keys inside, links followed without a full page load.
 * Without JavaScript every lane stays a link of its own.
 */
export function LaneMapKeys({ children, id, label, rowCount, categories, className }: Props) {
  const router = useRouter();
  const grid = useRef<HTMLDivElement>(null);

  // After every render, because rows come and go with the search: exactly one stop.
  useEffect(() => {
    const targets = grid.current ? rowsOf(grid.current).flat() : [];
    const now = targets.find((target) => target === document.activeElement);
    const stop = now ?? targets.find((target) => target.dataset.stop !== undefined) ?? targets[1];
    for (const target of targets) target.tabIndex = target === stop ? 0 : -1;
  });

  function press(event: KeyboardEvent<HTMLDivElement>) {
    const rows = rowsOf(event.currentTarget);
    const row = rows.findIndex((targets) => targets.some((target) => target === event.target));
    const column = rows[row]?.indexOf(event.target as HTMLElement) ?? -1;
    if (row < 0 || column < 0 || event.altKey) return;
    const to = moveFrom(event, row, column, rows);
    const target = to && rows[to[0] ?? -1]?.[to[1] ?? -1];
    if (!to) return;
    event.preventDefault();
    if (!target) return;
    for (const stop of event.currentTarget.querySelectorAll<HTMLElement>('[tabindex="0"]')) {
      stop.tabIndex = -1;
      delete stop.dataset.stop;
    }
    target.tabIndex = 0;
    target.dataset.stop = '';
    target.focus();
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function follow(event: MouseEvent<HTMLDivElement>) {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    router.push(link.pathname);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot skip painting rows that are out of sight
    <div
      ref={grid}
      id={id}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={rowCount}
      aria-colcount={categories + 2}
      onKeyDown={press}
      onClick={follow}
      className={className}
      style={{ '--categories': categories } as CSSProperties}
    >
      {children}
    </div>
  );
}
