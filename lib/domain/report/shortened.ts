import { cut } from '../cut';
import type { Cell, ReportDocument, Section } from './section';

/** How much is told where room is short: so many sentences, items and rows of a section, and characters of a text. */
export type Room = { readonly lines: number; readonly characters: number };

/** The one-sentence answer and what stands around it keep at least so many characters. */
const LEAST_ANSWER = 200;

/** A document with no more than there is room for. Its sections say how many lines they leave out. */
export function shortened(document: ReportDocument, room: Room): ReportDocument {
  const head = (text: string) => cut(text, Math.max(room.characters, LEAST_ANSWER));
  const { title, lead, answer, sections, fine } = document;
  return {
    title: head(title),
    lead: head(lead),
    answer: head(answer),
    // What the words mean is short, and the same in each report.
    sections: sections.map((section) =>
      section.key === 'words' ? section : shortenedSection(section, room),
    ),
    fine: fine.map(head),
  };
}

function shortenedSection(section: Section, { lines, characters }: Room): Section {
  const { sentences, list, table, more } = section;
  const short = (cell: Cell): Cell => ({ ...cell, text: cut(cell.text, characters) });
  const leftOut = (all: readonly unknown[]) => Math.max(0, all.length - lines);
  return {
    ...section,
    sentences: sentences.slice(0, lines).map((sentence) => cut(sentence, characters)),
    list: list.slice(0, lines).map(short),
    table: table && { ...table, rows: table.rows.slice(0, lines).map((cells) => cells.map(short)) },
    more: more + leftOut(sentences) + leftOut(list) + leftOut(table?.rows ?? []),
  };
}

/**
 * The fullest form that fits, from the room that tells most to the one that tells least. The least is handed out in any case: that it
 * fits is for the tests of each form to show.
 */
export function fitted<T>(rooms: readonly Room[], formIn: (room: Room) => T, fits: (form: T) => boolean): T {
  for (const room of rooms.slice(0, -1)) {
    const form = formIn(room);
    if (fits(form)) return form;
  }
  return formIn(rooms.at(-1) ?? { lines: 1, characters: 1 });
}

/** How many bytes a text is when it travels. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
