import { withoutBidiControls } from '@/lib/domain/bidi';
import type { Chart, Shape } from '@/lib/domain/report/chart';
import { PAPER, type Palette } from '@/lib/domain/report/chart-svg';
import type { AddressOf } from '@/lib/domain/report/plain-text';
import type { Cell, ReportDocument } from '@/lib/domain/report/section';

/** What the template `report.typ` is given. */
export type PdfInput = {
  title: string;
  author: string;
  eyebrow: string;
  lead: string;
  answer: string;
  url: string;
  urlText: string;
  chart: (Chart & { palette: Palette }) | null;
  sections: {
    title: string;
    sentences: string[];
    list: { text: string; href?: string }[];
    table: { head: string[]; rows: { text: string; href?: string }[][] } | null;
  }[];
  fine: string[];
  hash: string;
};

type Given = {
  document: ReportDocument;
  organisation: string;
  chart: Chart | null;
  addressOf: AddressOf;
  url: string;
  hash: string;
};

/** A report as data for paper: links as whole addresses, and texts without signs that paper cannot show. */
export function pdfInputOf({ document, organisation, chart, addressOf, url, hash }: Given): PdfInput {
  const cellOf = ({ text, link }: Cell) => ({ text: shown(text), ...(link && { href: addressOf(link) }) });
  return {
    title: shown(document.title),
    author: 'Gait',
    eyebrow: `Weekly report · ${shown(organisation)}`,
    lead: shown(document.lead),
    answer: shown(document.answer),
    url,
    urlText: 'Read it in Gait',
    chart: chart && { ...chart, alt: shown(chart.alt), shapes: chart.shapes.map(shownShape), palette: PAPER },
    sections: document.sections.map(({ title, sentences, list, table }) => ({
      title,
      sentences: sentences.map(shown),
      list: list.map(cellOf),
      table: table && { head: table.head, rows: table.rows.map((cells) => cells.map(cellOf)) },
    })),
    fine: document.fine.map(shown),
    hash,
  };
}

function shownShape(shape: Shape): Shape {
  return shape.kind === 'text' ? { ...shape, text: shown(shape.text) } : shape;
}

/** Control signs have no picture, and half a character is none; what would turn the line around it round is gone. */
function shown(text: string): string {
  return withoutBidiControls(text.toWellFormed())
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\uFEFF\uFFFE\uFFFF]/gu, '');
}
