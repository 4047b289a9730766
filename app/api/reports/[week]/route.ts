import { csvOf } from '@/lib/domain/report/csv';
import { documentOf } from '@/lib/domain/report/document';
import { markdownOf } from '@/lib/domain/report/markdown';
import { AppError } from '@/lib/platform/errors';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { getReport } from '@/lib/reports/data/reports';
import { requireReportReader } from '@/lib/reports/gate';
import { reportFileSchema, weekSchema } from '@/lib/reports/schema';
import type { FrozenReport } from '@/lib/reports/types';

const FORMS: Readonly<Record<string, { type: string; write: (report: FrozenReport) => string }>> = {
  md: { type: 'text/markdown', write: ({ content }) => markdownOf(documentOf(content)) },
  csv: { type: 'text/csv', write: ({ content }) => csvOf(content) },
  json: { type: 'application/json', write: (report) => `${JSON.stringify(report, null, 2)}\n` },
};

/** The files that the page of a report offers, to whoever is signed in there. */
const download = route<{ week: string }>(async (request, { params }) => {
  const orgId = await requireReportReader();
  const { team = '', as } = readQuery(request, reportFileSchema);
  const week = weekSchema.safeParse((await params).week);
  const report = week.success ? await getReport(orgId, week.data, team) : null;
  const form = FORMS[as];
  if (!report || !form) throw new AppError('not_found', 'No report is frozen of this week.');
  // Names of files are ASCII in a header; other names say less.
  const ofTeam = /^[a-z0-9-]+$/.test(team) ? team : team && 'team';
  const name = ['gait', report.content.week, ofTeam].filter(Boolean).join('-');
  return new Response(form.write(report), {
    headers: {
      'content-type': `${form.type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}.${as}"`,
      'cache-control': 'no-store',
    },
  });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: download });
