import { type Figure, missedBy, type Section } from './figures';
import { readable } from './numbers';

function limitOf({ limit, unit }: Figure): string {
  if (limit === null) return '';
  return 'least' in limit ? `≥ ${readable(limit.least)} ${unit}` : `≤ ${readable(limit.most)} ${unit}`;
}

function verdictOf(figure: Figure): string {
  if (figure.limit === null) return '–';
  if (Number.isNaN(figure.value)) return 'MISSED: no value';
  const missed = missedBy(figure);
  return missed <= 0 ? 'ok' : `MISSED by ${(missed * 100).toFixed(0)} %`;
}

function rowOf(figure: Figure): string[] {
  const limit = limitOf(figure);
  const value = `${readable(figure.value)} ${figure.unit}`;
  return [figure.name, limit === '' ? value : `${value} (${limit})`, verdictOf(figure), figure.raw];
}

/** The answer of the benchmark: each figure against its limit, with what it was made of. */
export function tableOf(sections: readonly Section[]): string {
  const rows = sections.flatMap(({ figures }) => figures.map(rowOf));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (figure: Figure): string =>
    rowOf(figure)
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return sections
    .map(({ title, how, figures }) =>
      [`${title}: ${how}`, ...figures.map((f) => `  ${lineOf(f)}`)].join('\n'),
    )
    .join('\n\n');
}
