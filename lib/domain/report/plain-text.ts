import type { Cell, ReportDocument, ReportLink, Section } from './section';

/** Where a report's links lead, as whole addresses. */
export type AddressOf = (link: ReportLink) => string;

const WIDTH = 78;

/** A report as plain text, for mail clients that show no HTML: tables become lines of "name: value". */
export function plainTextOf(
  { title, lead, answer, sections, fine }: ReportDocument,
  more: readonly string[] = [],
): string {
  const parts = [title, lead, answer, ...sections.map(sectionOf), ...fine, ...more];
  return `${parts.map((part) => part.split('\n').map(wrapped).join('\n')).join('\n\n')}\n`;
}

function sectionOf({ title, sentences, list, table, more }: Section): string {
  const rows = table ? table.rows.map((cells) => rowOf(table.head, cells)) : [];
  const rest = more > 0 ? [`- and ${more} more`] : [];
  const lines = [...sentences, ...list.map(({ text }) => `- ${oneLine(text)}`), ...rows, ...rest];
  return [`${title.toUpperCase()}`, ...lines].join('\n');
}

/** "Tests: gear run; proven ≥ .925": the first cell names the row. */
function rowOf(head: readonly string[], [first, ...rest]: readonly Cell[]): string {
  const facts = rest.map(({ text }, index) => `${(head[index + 1] ?? '').toLowerCase()} ${oneLine(text)}`);
  return `- ${oneLine(first?.text ?? '')}: ${facts.join('; ')}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** Broken between words; what continues an entry is set in. */
function wrapped(line: string): string {
  const indent = line.startsWith('- ') ? '  ' : '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && longer.length > WIDTH) {
      lines.push(current);
      current = indent + word;
    } else current = longer;
  }
  return [...lines, current].join('\n');
}
