import { cut } from '../cut';
import type { Chart } from './chart';
import { PAPER } from './chart-svg';
import type { GearCounts } from './content';
import { BASE_SHEET, INLINE, MEDIA_SHEET } from './mail-styles';
import type { AddressOf } from './plain-text';
import type { Cell, ReportDocument, Section } from './section';

/** Longer than this, a cell may break within a word rather than widen its table. */
const LONG = 24;

/** Columns whose cells are no longer than this stand beside each other on small screens. */
const SHORT = 12;

/** What a mail says beside the document: where to read it in Gait, and how to get it no more. */
export type MailFrame = {
  /** Of a report. */
  gears: GearCounts | null;
  /** The picture of a report's chart: where the mail has it, and at most how wide it is shown. */
  chart:
    | (Pick<Chart, 'title' | 'alt' | 'note' | 'width' | 'height'> & { src: string; shownWidth: number })
    | null;
  addressOf: AddressOf;
  url: string;
  button: string;
  /** Null where nobody may turn such mails off. */
  unsubscribeUrl: string | null;
  why: string;
};

/** Text within HTML: what people named cannot become a mark. */
function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (sign) => names[sign] ?? sign);
}

/** A name, kept from turning the writing around it round; a number turns nothing. */
const told = (text: string): string => (/^[\d.,]*$/.test(text) ? text : `<bdi>${escaped(text)}</bdi>`);

/** The words of a chart's picture, for who does not see it; the tables have them all. */
const ALT = 2_000;

/**
 * A report as the HTML of a mail: one column, tables, a style sheet; no script, nothing that is loaded from anywhere.
 */
export function htmlMailOf(document: ReportDocument, frame: MailFrame): string {
  const { title, lead, answer, sections, fine } = document;
  const parts = [
    `<p class="m">${told(title)}<br>${escaped(lead)}</p>`,
    `<h1>${told(answer)}</h1>`,
    ...(frame.gears ? [gearBar(frame.gears)] : []),
    ...chartOf(frame),
    `<a class="k" href="${escaped(frame.url)}" style="${INLINE.button}">${escaped(frame.button)}</a>`,
    ...sections.map((section) => sectionOf(section, frame)),
    `<p class="m" style="margin-top:28px">${fine.map(escaped).join('<br>')}</p>`,
    `<p class="m">${escaped(frame.why)}${unsubscribeLink(frame)}</p>`,
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title><style>${BASE_SHEET}</style><style>${MEDIA_SHEET}</style></head><body class="b" style="${INLINE.body}"><div class="f" style="${INLINE.frame}">${parts.join('\n')}</div></body></html>`;
}

function unsubscribeLink({ unsubscribeUrl }: Pick<MailFrame, 'unsubscribeUrl'>): string {
  if (unsubscribeUrl === null) return '';
  return ` ${link(unsubscribeUrl, 'Send me no more of these', 'm')}`;
}

/** The lanes by gear as one bar, and in words for who does not see it. */
function gearBar(gears: GearCounts): string {
  const all = gears.run + gears.walk + gears.crawl;
  if (all === 0) return '';
  const cells = (['run', 'walk', 'crawl'] as const)
    .filter((gear) => gears[gear] > 0)
    .map(
      (gear) =>
        `<td width="${Math.round((100 * gears[gear]) / all)}%" style="background:${PAPER[gear]};color:#ffffff;font-size:12px;padding:3px 8px;white-space:nowrap">${gears[gear]} ${gear}</td>`,
    );
  return `<table role="presentation" width="100%" style="border-collapse:collapse;margin:12px 0"><tr>${cells.join('')}</tr></table>`;
}

/** The picture has its own light ground, so that it is read in the dark, too. */
function chartOf({ chart }: MailFrame): string[] {
  if (!chart) return [];
  const { title, alt, note, width, height, src, shownWidth } = chart;
  const shownHeight = Math.round((shownWidth * height) / width);
  return [
    `<h2>${escaped(title)}</h2>`,
    `<img src="${src}" alt="${escaped(cut(alt, ALT))}" width="${shownWidth}" height="${shownHeight}" style="${INLINE.chart};max-width:${shownWidth}px">`,
    ...(note ? [`<p class="m" style="margin-top:6px">${escaped(note)}</p>`] : []),
  ];
}

function link(href: string, text: string, name: string): string {
  return `<a class="${name}" href="${escaped(href)}">${escaped(text)}</a>`;
}

function sectionOf({ title, sentences, list, table, more }: Section, frame: MailFrame): string {
  const items = list.map((cell) => `<li>${cellOf(cell, frame)}</li>`);
  return [
    `<h2>${escaped(title)}</h2>`,
    ...sentences.map((sentence) => `<p>${told(sentence)}</p>`),
    ...(items.length > 0 ? [`<ol>${items.join('')}</ol>`] : []),
    ...(table ? [tableOf(table, frame)] : []),
    ...(more > 0 ? [`<p style="margin-top:8px">${link(frame.url, `and ${more} more`, 'a')}</p>`] : []),
  ].join('\n');
}

function tableOf({ head, rows }: NonNullable<Section['table']>, frame: MailFrame): string {
  const names = head.map((name) => `<th scope="col" align="left" class="h">${escaped(name)}</th>`);
  const classes = head.map((_, column) => {
    if (column === 0) return 'c i';
    return rows.some((cells) => (cells[column]?.text.length ?? 0) > SHORT) ? 'c' : 'c s';
  });
  const lines = rows.map((cells) => {
    const said = cells.map((cell, column) =>
      tableCellOf(cell, head[column] ?? '', classes[column] ?? 'c', frame),
    );
    return `<tr class="r" valign="top">${said.join('')}</tr>`;
  });
  return `<table class="t" width="100%" cellspacing="0" cellpadding="4"><thead class="x"><tr>${names.join('')}</tr></thead><tbody class="t">${lines.join('')}</tbody></table>`;
}

/** The name of its column stands in each cell for small screens, where the head of the table is gone; the first names the row. */
function tableCellOf(cell: Cell, name: string, classes: string, frame: MailFrame): string {
  const isFirst = classes === 'c i';
  // At the element: without the style sheet, each number would stand behind its name twice.
  const label = isFirst ? '' : `<span class="n" style="display:none">${escaped(name)}: </span>`;
  const broken = cell.text.length > LONG ? ' w' : '';
  return `<td class="${classes}${broken}">${label}${cellOf(cell, frame)}</td>`;
}

function cellOf({ text, link: to }: Cell, { addressOf }: MailFrame): string {
  return to ? `<a class="a" href="${escaped(addressOf(to))}">${told(text)}</a>` : told(text);
}
