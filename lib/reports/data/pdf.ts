import { type Chart, chartOf } from '@/lib/domain/report/chart';
import { PAPER, svgOf } from '@/lib/domain/report/chart-svg';
import type { ReportContent } from '@/lib/domain/report/content';
import { documentOf, voidDocument } from '@/lib/domain/report/document';
import type { ReportDocument, ReportLink } from '@/lib/domain/report/section';
import { pathsOf, wholeAddress } from '@/lib/outbox/addresses';
import { hashOf } from '../mutations/freeze';
import { type Drawing, drawPdf, drawPng } from '../paper/draw';
import { pdfInputOf } from '../paper/input';
import type { FrozenReport } from '../types';

/** What was rendered last is kept, so that a report that goes to many is rendered once. */
const KEPT = 32;

/** Mails show the chart at most so wide, in pixels of a screen; sharp screens have two for each. */
export const MAIL_CHART_WIDTH = 440;
const MAIL_ROWS = 12;

const pdfs = new Map<string, Promise<Drawing>>();
const pictures = new Map<string, Promise<Drawing>>();

/** A frozen report in words, which say so where it is void. */
export function wordsOf({ content, voided }: Pick<FrozenReport, 'content' | 'voided'>): ReportDocument {
  const document = documentOf(content);
  return voided ? voidDocument(document, voided.reason) : document;
}

/** A frozen report as PDF: the same bytes each time. */
export function pdfOf(content: ReportContent, voided: FrozenReport['voided'] = null): Promise<Drawing> {
  const hash = hashOf(content);
  const { organisation, week, team } = content;
  const paths = pathsOf(organisation.slug);
  const url = wholeAddress(paths.report(week, team?.slug ?? ''));
  const addressOf = (link: ReportLink) => wholeAddress(paths.of(link));
  return keptIn(pdfs, `${hash} ${url} ${voided?.reason ?? ''}`, () => {
    const input = pdfInputOf({
      document: wordsOf({ content, voided }),
      organisation: content.organisation.name,
      chart: chartOf(content, { size: 'wide' }),
      addressOf,
      url,
      hash,
    });
    return drawPdf(input);
  });
}

/** What a file of a report is called, without its ending. Names of files are ASCII in a header; other names say less. */
export function fileNameOf({ week, team }: Pick<ReportContent, 'week' | 'team'>): string {
  const ofTeam = team && (/^[a-z0-9-]+$/.test(team.slug) ? team.slug : 'team');
  return ['gait', week, ofTeam].filter(Boolean).join('-');
}

/** The chart as mails show it; null where there is nothing to draw. */
export function mailChartOf(content: ReportContent): Chart | null {
  return chartOf(content, { size: 'narrow', mostRows: MAIL_ROWS });
}

/** That chart as a PNG. */
export function mailPictureOf(chart: Chart): Promise<Drawing> {
  const svg = svgOf(chart, PAPER);
  return keptIn(pictures, svg, () => drawPng(svg, 2 * MAIL_CHART_WIDTH));
}

/** The oldest goes; what failed is not kept. */
function keptIn<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known) return known;
  const made = make();
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return made;
}
