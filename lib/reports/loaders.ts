import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { parseWeek } from '@/lib/domain/report/iso-week';
import { requireSession } from '@/lib/sessions/gate';
import { getComparison, getReportPage, listReports } from './data/reports';
import { getReportSettings } from './data/settings';
import { comparisonQuerySchema, reportListSchema, reportQuerySchema } from './schema';
import type { ReportComparison, ReportList, ReportPage, ReportSettings } from './types';

type Query = Record<string, string | undefined>;

/** What the address says and is no filter is left out: an old bookmark shows the list. A team that there is not has none. */
export async function loadReports(org: string, query: Query): Promise<ReportList> {
  const { orgId } = await requireSession(org);
  const parsed = reportListSchema.safeParse(query);
  const list = await listReports(orgId, parsed.success ? parsed.data : {});
  return !query.team || list.teams.some(({ slug }) => slug === query.team) ? list : notFound();
}

export async function loadReportSettings(org: string): Promise<ReportSettings> {
  const { orgId } = await requireSession(org);
  return getReportSettings(orgId);
}

export async function loadComparison(org: string, week: string, query: Query): Promise<ReportComparison> {
  const { orgId } = await requireSession(org);
  const asked = comparisonQuerySchema.safeParse(query);
  const parsed = parseWeek(week.toUpperCase());
  if (parsed === null || !asked.success) return notFound();
  return (await getComparison(orgId, parsed, asked.data.team ?? '', asked.data.with)) ?? notFound();
}

/** Once a request, though the page and its title both ask. */
export const loadReport = cache(
  async (
    org: string,
    week: string,
    team: string | undefined,
    edition: string | undefined,
  ): Promise<ReportPage> => {
    const { orgId } = await requireSession(org);
    const query = reportQuerySchema.safeParse({ team, edition });
    const parsed = parseWeek(week.toUpperCase());
    if (parsed === null || !query.success) return notFound();
    return (await getReportPage(orgId, parsed, query.data.team ?? '', query.data.edition)) ?? notFound();
  },
);
