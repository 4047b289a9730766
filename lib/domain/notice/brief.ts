import type { Cell, ReportDocument, Section } from '../report/section';

/** What of a report a chat is told; the rest is a link away. Other documents are told whole. */
const TOLD = new Set(['actions', 'moves', 'waiting']);

/** More lines than this nobody reads in a chat. */
const LINES = 10;

/** A line: pieces of text, each perhaps a link. */
export type Line = readonly Cell[];

/** A part of a message to a chat. */
export type Passage = { readonly title: string; readonly lines: readonly Line[] };

/** What changed, what waits and what to do, in lines. @param isReport whether the document is a weekly report */
export function passagesOf({ sections }: ReportDocument, isReport: boolean): Passage[] {
  return sections.filter(({ key }) => !isReport || TOLD.has(key)).map(passageOf);
}

function passageOf({ title, sentences, list, table }: Section): Passage {
  const lines: Line[] = [
    ...sentences.map((text) => [{ text }]),
    ...list.map((cell) => [cell]),
    ...(table ? table.rows.map((cells) => lineOf(table.head, cells)) : []),
  ];
  const more = lines.length - LINES;
  return { title, lines: more > 0 ? [...lines.slice(0, LINES), [{ text: `and ${more} more` }]] : lines };
}

/** "Payments · Docs: gear crawl to walk; by Ana; why Proven for walk." The first cell names the row. */
function lineOf(head: readonly string[], cells: readonly Cell[]): Line {
  return cells.flatMap((cell, index) => {
    const name = `${index === 1 ? ': ' : '; '}${(head[index] ?? '').toLowerCase()} `;
    return index === 0 ? [cell] : [{ text: name }, cell];
  });
}
