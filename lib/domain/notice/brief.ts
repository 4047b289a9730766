import type { Cell, ReportDocument, Section } from '../report/section';
import { type Room, shortened } from '../report/shortened';

/** What of a report a chat is told; the rest is a link away. Other documents are told whole. */
const TOLD = new Set(['actions', 'moves', 'waiting']);

/** A chat is told as much as fits. More than ten lines of one section nobody reads there. */
export const CHAT_ROOMS: readonly Room[] = [
  { lines: 10, characters: 2_000 },
  { lines: 10, characters: 500 },
  { lines: 10, characters: 250 },
  { lines: 8, characters: 160 },
  { lines: 6, characters: 120 },
  { lines: 4, characters: 100 },
  { lines: 2, characters: 80 },
  { lines: 1, characters: 60 },
];

/** A line: pieces of text, each perhaps a link. */
export type Line = readonly Cell[];

/** A part of a message to a chat; so many lines more are on the page. */
export type Passage = { readonly title: string; readonly lines: readonly Line[]; readonly more: number };

/** What a chat is told. @param isReport whether the document is a weekly report */
export function briefOf(document: ReportDocument, isReport: boolean): ReportDocument {
  const { sections } = document;
  return { ...document, sections: sections.filter(({ key }) => !isReport || TOLD.has(key)) };
}

/** What changed, what waits and what to do, in lines. */
export function passagesIn(room: Room, document: ReportDocument): Passage[] {
  return shortened(document, room).sections.map((section) => passageOf(section, room.lines));
}

function passageOf({ title, sentences, list, table, more }: Section, most: number): Passage {
  const lines: Line[] = [
    ...sentences.map((text) => [{ text }]),
    ...list.map((cell) => [cell]),
    ...(table ? table.rows.map((cells) => lineOf(table.head, cells)) : []),
  ];
  return { title, lines: lines.slice(0, most), more: more + Math.max(0, lines.length - most) };
}

/** "Payments · Docs: gear crawl to walk; by Ana; why Proven for walk." The first cell names the row. */
function lineOf(head: readonly string[], cells: readonly Cell[]): Line {
  const pieces = cells.flatMap((cell, index) => {
    const name = `${index === 1 ? ': ' : '; '}${(head[index] ?? '').toLowerCase()} `;
    return index === 0 ? [cell] : [{ text: name }, cell];
  });
  return joined(pieces);
}

/** Neighbours that lead nowhere are one piece: each piece costs room of its own. */
function joined(pieces: readonly Cell[]): Cell[] {
  const line: Cell[] = [];
  for (const piece of pieces) {
    const last = line.at(-1);
    if (last && !last.link && !piece.link) line[line.length - 1] = { text: last.text + piece.text };
    else line.push(piece);
  }
  return line;
}
