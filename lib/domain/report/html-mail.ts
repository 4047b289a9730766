import type { GearCounts } from './content';
import type { Cell, ReportDocument, Section } from './document';
import type { AddressOf } from './plain-text';

/** What a mail says beside the document: where to read it in Gait, and how to get it no more. `gears`: of a report. */
export type MailFrame = {
  gears: GearCounts | null;
  addressOf: AddressOf;
  url: string;
  button: string;
  unsubscribeUrl: string;
  why: string;
};

const COLORS = { run: '#08785a', walk: '#215fd0', crawl: '#8c8f97' } as const;

/** Mail clients know few styles, and many only those that stand at the element. The classes are for dark mode and small screens, where these are known. */
const STYLES = {
  body: 'margin:0;padding:0;background:#fcfcfa;color:#17181b;font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  frame: 'width:100%;max-width:640px;margin:0 auto;padding:24px 20px;text-align:left',
  h1: 'margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:600',
  h2: 'margin:28px 0 8px;font-size:15px;font-weight:600',
  p: 'margin:0 0 8px',
  muted: 'margin:0 0 8px;color:#5c5f66;font-size:13px',
  table: 'width:100%;border-collapse:collapse;font-size:13px',
  th: 'padding:6px 10px 6px 0;border-bottom:1px solid #e6e6e2;color:#5c5f66;font-weight:500;text-align:left;vertical-align:top',
  td: 'padding:6px 10px 6px 0;border-bottom:1px solid #e6e6e2;text-align:left;vertical-align:top',
  link: 'color:#17181b',
  button:
    'display:inline-block;margin:12px 0 4px;padding:9px 16px;border-radius:8px;background:#17181b;color:#ffffff;text-decoration:none;font-weight:600',
} as const;

const SHEET = `@media (max-width:480px){.g-frame{padding-left:12px!important;padding-right:12px!important}.g-cell{padding:5px 5px 5px 0!important;font-size:12px!important}}@media (prefers-color-scheme:dark){.g-body{background:#0d0e10!important;color:#ededef!important}.g-muted,.g-th{color:#a3a7ae!important}.g-line{border-color:#26282c!important}.g-link{color:#ededef!important}.g-button{background:#ededef!important;color:#0d0e10!important}}`;

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

/** A name, kept from turning the writing around it round. */
const told = (text: string): string => `<bdi>${escaped(text)}</bdi>`;

/**
 * A report as the HTML of a mail: one column, tables, styles at the elements; no script, nothing that is loaded from anywhere.
 */
export function htmlMailOf(document: ReportDocument, frame: MailFrame): string {
  const { title, lead, answer, sections, fine } = document;
  const parts = [
    `<p class="g-muted" style="${STYLES.muted}">${told(title)}<br>${escaped(lead)}</p>`,
    `<h1 style="${STYLES.h1}">${told(answer)}</h1>`,
    ...(frame.gears ? [gearBar(frame.gears)] : []),
    link(frame.url, frame.button, 'g-button', STYLES.button),
    ...sections.map((section) => sectionOf(section, frame)),
    `<p class="g-muted" style="${STYLES.muted};margin-top:28px">${fine.map(escaped).join('<br>')}</p>`,
    `<p class="g-muted" style="${STYLES.muted}">${escaped(frame.why)} ${link(frame.unsubscribeUrl, 'Send me no more of these', 'g-muted', 'color:#5c5f66')}</p>`,
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title><style>${SHEET}</style></head><body class="g-body" style="${STYLES.body}"><div class="g-frame" style="${STYLES.frame}">${parts.join('\n')}</div></body></html>`;
}

/** The lanes by gear as one bar, and in words for who does not see it. */
function gearBar(gears: GearCounts): string {
  const all = gears.run + gears.walk + gears.crawl;
  if (all === 0) return '';
  const cells = (['run', 'walk', 'crawl'] as const)
    .filter((gear) => gears[gear] > 0)
    .map(
      (gear) =>
        `<td width="${Math.round((100 * gears[gear]) / all)}%" style="background:${COLORS[gear]};color:#ffffff;font-size:12px;padding:3px 8px;white-space:nowrap">${gears[gear]} ${gear}</td>`,
    );
  return `<table role="presentation" style="${STYLES.table};margin:12px 0"><tr>${cells.join('')}</tr></table>`;
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
    (name) => `<th scope="col" class="g-th g-line g-cell" style="${STYLES.th}">${escaped(name)}</th>`,
  );
  const lines = rows.map((cells) => {
    const said = cells.map(
      (cell) => `<td class="g-line g-cell" style="${STYLES.td}">${cellOf(cell, frame)}</td>`,
    );
    return `<tr>${said.join('')}</tr>`;
  });
  return `<table style="${STYLES.table}"><thead><tr>${names.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
}

function cellOf({ text, link: to }: Cell, { addressOf }: MailFrame): string {
  return to
    ? `<a class="g-link" href="${escaped(addressOf(to))}" style="${STYLES.link}">${told(text)}</a>`
    : told(text);
}
