import type { Chart } from './chart';
import { PAPER } from './chart-svg';
import type { GearCounts } from './content';
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

/** Mail clients know few styles, and many only those that stand at the element. The classes are for dark mode and small screens, where these are known. */
const STYLES = {
  body: 'margin:0;padding:0;background:#fcfcfa;color:#17181b;font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  frame: 'box-sizing:border-box;width:100%;max-width:680px;margin:0 auto;padding:24px 20px;text-align:left',
  h1: 'margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:600',
  h2: 'margin:28px 0 8px;font-size:15px;font-weight:600',
  p: 'margin:0 0 8px',
  muted: 'margin:0 0 8px;color:#5c5f66;font-size:13px',
  table: 'width:100%;border-collapse:collapse;font-size:13px',
  chart:
    'display:block;box-sizing:border-box;width:100%;height:auto;padding:14px;border:1px solid #e6e6e2;border-radius:8px;background:#ffffff;color:#17181b;font-size:12px',
  th: 'padding:6px 10px 6px 0;border-bottom:1px solid #e6e6e2;color:#5c5f66;font-weight:500;text-align:left;vertical-align:top',
  td: 'padding:6px 10px 6px 0;border-bottom:1px solid #e6e6e2',
  link: 'color:#17181b',
  button:
    'display:inline-block;margin:12px 0 4px;padding:9px 16px;border-radius:8px;background:#17181b;color:#ffffff;text-decoration:none;font-weight:600',
} as const;

/** On small screens a row of a table is a block, and each of its cells says what it is; long ones in lines of their own. */
const SHEET = [
  '@media (max-width:480px){',
  '.g-frame{padding-left:12px!important;padding-right:12px!important}',
  '.g-head{display:none!important}',
  '.g-rows,.g-row,.g-cell{display:block!important}',
  '.g-short{display:inline-block!important;margin-right:14px}',
  '.g-row{border-bottom:1px solid #e6e6e2!important;padding:8px 0!important}',
  '.g-cell{border:0!important;padding:1px 0!important}',
  '.g-first{font-weight:600!important}',
  '.g-name{display:inline!important}',
  '}',
  '@media (prefers-color-scheme:dark){',
  '.g-body{background:#0d0e10!important;color:#ededef!important}',
  '.g-muted,.g-th,.g-name{color:#a3a7ae!important}',
  '.g-line,.g-row{border-color:#26282c!important}',
  '.g-link{color:#ededef!important}',
  '.g-button{background:#ededef!important;color:#0d0e10!important}',
  '}',
].join('');

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

/**
 * A report as the HTML of a mail: one column, tables, styles at the elements; no script, nothing that is loaded from anywhere.
 */
export function htmlMailOf(document: ReportDocument, frame: MailFrame): string {
  const { title, lead, answer, sections, fine } = document;
  const parts = [
    `<p class="g-muted" style="${STYLES.muted}">${told(title)}<br>${escaped(lead)}</p>`,
    `<h1 style="${STYLES.h1}">${told(answer)}</h1>`,
    ...(frame.gears ? [gearBar(frame.gears)] : []),
    ...chartOf(frame),
    link(frame.url, frame.button, 'g-button', STYLES.button),
    ...sections.map((section) => sectionOf(section, frame)),
    `<p class="g-muted" style="${STYLES.muted};margin-top:28px">${fine.map(escaped).join('<br>')}</p>`,
    `<p class="g-muted" style="${STYLES.muted}">${escaped(frame.why)}${unsubscribeLink(frame)}</p>`,
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title><style>${SHEET}</style></head><body class="g-body" style="${STYLES.body}"><div class="g-frame" style="${STYLES.frame}">${parts.join('\n')}</div></body></html>`;
}

function unsubscribeLink({ unsubscribeUrl }: Pick<MailFrame, 'unsubscribeUrl'>): string {
  if (unsubscribeUrl === null) return '';
  return ` ${link(unsubscribeUrl, 'Send me no more of these', 'g-muted', 'color:#5c5f66')}`;
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
  return `<table role="presentation" style="${STYLES.table};margin:12px 0"><tr>${cells.join('')}</tr></table>`;
}

/** The picture has its own light ground, so that it is read in the dark, too. */
function chartOf({ chart }: MailFrame): string[] {
  if (!chart) return [];
  const { title, alt, note, width, height, src, shownWidth } = chart;
  const shownHeight = Math.round((shownWidth * height) / width);
  return [
    `<h2 style="${STYLES.h2}">${escaped(title)}</h2>`,
    `<img src="${src}" alt="${escaped(alt)}" width="${shownWidth}" height="${shownHeight}" style="${STYLES.chart};max-width:${shownWidth}px">`,
    ...(note ? [`<p class="g-muted" style="${STYLES.muted};margin-top:6px">${escaped(note)}</p>`] : []),
  ];
}

function link(href: string, text: string, name: string, style: string): string {
  return `<a class="${name}" href="${escaped(href)}" style="${style}">${escaped(text)}</a>`;
}

function sectionOf({ title, sentences, list, table }: Section, frame: MailFrame): string {
  const items = list.map((cell) => `<li style="margin:0 0 6px">${cellOf(cell, frame)}</li>`);
  return [
    `<h2 style="${STYLES.h2}">${escaped(title)}</h2>`,
    ...sentences.map((sentence) => `<p style="${STYLES.p}">${told(sentence)}</p>`),
    ...(items.length > 0 ? [`<ol style="margin:0;padding-left:20px">${items.join('')}</ol>`] : []),
    ...(table ? [tableOf(table, frame)] : []),
  ].join('\n');
}

function tableOf({ head, rows }: NonNullable<Section['table']>, frame: MailFrame): string {
  const names = head.map(
    (name) => `<th scope="col" class="g-th g-line" style="${STYLES.th}">${escaped(name)}</th>`,
  );
  const classes = head.map((_, column) => {
    if (column === 0) return ' g-first';
    return rows.some((cells) => (cells[column]?.text.length ?? 0) > SHORT) ? '' : ' g-short';
  });
  const lines = rows.map((cells) => {
    const said = cells.map((cell, column) =>
      tableCellOf(cell, head[column] ?? '', classes[column] ?? '', frame),
    );
    return `<tr class="g-row" valign="top">${said.join('')}</tr>`;
  });
  return `<table class="g-rows" style="${STYLES.table}"><thead class="g-head"><tr>${names.join('')}</tr></thead><tbody class="g-rows">${lines.join('')}</tbody></table>`;
}

/** The name of its column stands in each cell for small screens, where the head of the table is gone; the first names the row. */
function tableCellOf(cell: Cell, name: string, classes: string, frame: MailFrame): string {
  const isFirst = classes === ' g-first';
  const label = isFirst
    ? ''
    : `<span class="g-name" style="display:none;color:#5c5f66">${escaped(name)}: </span>`;
  const broken = cell.text.length > LONG ? ';word-break:break-word;overflow-wrap:anywhere' : '';
  return `<td class="g-line g-cell${classes}" style="${STYLES.td}${broken}">${label}${cellOf(cell, frame)}</td>`;
}

function cellOf({ text, link: to }: Cell, { addressOf }: MailFrame): string {
  return to
    ? `<a class="g-link" href="${escaped(addressOf(to))}" style="${STYLES.link}">${told(text)}</a>`
    : told(text);
}
