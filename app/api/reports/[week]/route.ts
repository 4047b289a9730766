import { csvOf } from '@/lib/domain/report/csv';
import { markdownOf } from '@/lib/domain/report/markdown';
import { AppError } from '@/lib/platform/errors';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { fileNameOf, pdfOf, wordsOf } from '@/lib/reports/data/pdf';
import { getReport } from '@/lib/reports/data/reports';
import { requireReportReader } from '@/lib/reports/gate';
import { reportFileSchema, weekSchema } from '@/lib/reports/schema';
import type { FrozenReport } from '@/lib/reports/types';

type Form = { type: string; write: (report: FrozenReport) => string | Promise<Uint8Array<ArrayBuffer>> };

const FORMS: Readonly<Record<string, Form>> = {
  pdf: { type: 'application/pdf', write: ({ content, voided }) => pdfOf(content, voided) },
  md: { type: 'text/markdown; charset=utf-8', write: (report) => markdownOf(wordsOf(report)) },
  csv: { type: 'text/csv; charset=utf-8', write: ({ content }) => csvOf(content) },
  json: {
    type: 'application/json; charset=utf-8',
    write: (report) => `${JSON.stringify(report, null, 2)}\n`,
  },
};

/** The files that the page of a report offers, to whoever is signed in there. */
const download = route<{ week: string }>(async (request, { params }) => {
  const orgId = await requireReportReader();
  const { team = '', as, edition } = readQuery(request, reportFileSchema);
  const week = weekSchema.safeParse((await params).week);
  const report = week.success ? await getReport(orgId, week.data, team, edition) : null;
  const form = FORMS[as];
  if (!report || !form) throw new AppError('not_found', 'No report is frozen of this week.');
  const name = [fileNameOf(report.content), ...(report.voided ? ['void'] : [])].join('-');
  return new Response(await form.write(report), {
    headers: {
      'content-type': form.type,
      'content-disposition': `attachment; filename="${name}.${as}"`,
      'cache-control': 'no-store',
    },
  });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: download });
