import type { Cell, ReportDocument, Section } from './section';

/** What would be read as a mark, or as HTML, in Markdown. */
const MARKS = /[\\`*_{}[\]<>#|~]/g;

function plain(text: string): string {
  return text.replaceAll(MARKS, '\\$&').replaceAll(/\s+/g, ' ');
}

/** A report as Markdown, with tables as GitHub and others read them. Names cannot break out of their place. */
export function markdownOf({ title, lead, answer, sections, fine }: ReportDocument): string {
  const head = [`# ${plain(title)}`, plain(lead), `**${plain(answer)}**`];
  return `${[...head, ...sections.map(sectionOf), ...fine.map(plain)].join('\n\n')}\n`;
}

function sectionOf({ title, sentences, list, table }: Section): string {
  const parts = [`## ${plain(title)}`, ...sentences.map(plain)];
  if (list.length > 0) parts.push(list.map(({ text }) => `- ${plain(text)}`).join('\n'));
  if (table)
    parts.push(
      [rowOf(table.head), rowOf(table.head.map(() => '---')), ...table.rows.map(cellsOf)].join('\n'),
    );
  return parts.join('\n\n');
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const cellsOf = (cells: readonly Cell[]): string => rowOf(cells.map(({ text }) => plain(text)));
