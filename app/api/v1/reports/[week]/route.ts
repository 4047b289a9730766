import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { AppError } from '@/lib/platform/errors';
import { methods, route } from '@/lib/platform/http';
import { readQuery } from '@/lib/platform/query';
import { pdfOf } from '@/lib/reports/data/pdf';
import { getReport } from '@/lib/reports/data/reports';
import { reportQuerySchema, weekSchema } from '@/lib/reports/schema';
import { requireReader, teamFor } from '@/lib/tokens/gate';

/** Named in `Accept`, and JSON not. */
const wantsPdf = ({ headers }: Request): boolean => {
  const named = (headers.get('accept') ?? '')
    .split(',')
    .map((one) => one.split(';')[0]?.trim().toLowerCase());
  return named.includes('application/pdf') && !named.includes('application/json');
};

const read = route<{ week: string }>(async (request, { params }) => {
  const reader = await requireReader(request, systemClock);
  const query = readQuery(request, reportQuerySchema);
  const team = teamFor(reader, query.team) ?? '';
  const week = weekSchema.safeParse((await params).week);
  const report = week.success ? await getReport(reader.orgId, week.data, team, query.edition) : null;
  if (!report)
    throw new AppError(
      'not_found',
      'No report is frozen of this week: it is not over yet, or not computed. See npx gait report.',
    );
  if (!wantsPdf(request)) return jsonAnswer(report);
  return new Response(await pdfOf(report.content, report.voided), {
    headers: { 'content-type': 'application/pdf', 'cache-control': 'no-store' },
  });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
