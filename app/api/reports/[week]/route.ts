import { csvOf } from '@/lib/domain/report/csv';
import { documentOf } from '@/lib/domain/report/document';
import { markdownOf } from '@/lib/domain/report/markdown';
import { AppError } from '@/lib/platform/errors';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { fileNameOf, pdfOf } from '@/lib/reports/data/pdf';
import { getReport } from '@/lib/reports/data/reports';
import { requireReportReader } from '@/lib/reports/gate';
import { reportFileSchema, weekSchema } from '@/lib/reports/schema';
import type { FrozenReport } from '@/lib/reports/types';

type Form = { type: string; write: (report: FrozenReport) => string | Promise<Uint8Array<ArrayBuffer>> };

const FORMS: Readonly<Record<string, Form>> = {
  pdf: { type: 'application/pdf', write: ({ content }) => pdfOf(content) },
  md: { type: 'text/markdown; charset=utf-8', write: ({ content }) => markdownOf(documentOf(content)) },
  csv: { type: 'text/csv; charset=utf-8', write: ({ content }) => csvOf(content) },
  json: {
    type: 'application/json; charset=utf-8',
    write: (report) => `${JSON.stringify(report, null, 2)}\n`,
  },
};

/** The files that the page of a report offers, to whoever is signed in there. */
const download = route<{ week: string }>(async (request, { params }) => {
  const orgId = await requireReportReader();
  const { team = '', as } = readQuery(request, reportFileSchema);
  const week = weekSchema.safeParse((await params).week);
  const report = week.success ? await getReport(orgId, week.data, team) : null;
  const form = FORMS[as];
  if (!report || !form) throw new AppError('not_found', 'No report is frozen of this week.');
  return new Response(await form.write(report), {
    headers: {
      'content-type': form.type,
      'content-disposition': `attachment; filename="${fileNameOf(report.content)}.${as}"`,
      'cache-control': 'no-store',
    },
  });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: download });
