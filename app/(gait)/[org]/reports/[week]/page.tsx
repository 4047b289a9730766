import type { Metadata } from 'next';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { ReportView } from '@/components/reports/report-view';
import { loadReport } from '@/lib/reports/loaders';

type Props = { params: Promise<{ org: string; week: string }>; searchParams: SearchParams };

async function load({ params, searchParams }: Props) {
  const { org: orgPart, week } = await params;
  const org = decodePart(orgPart);
  const { team, edition } = await searchParams;
  return { org, page: await loadReport(org, decodePart(week), firstOf(team), firstOf(edition)) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { content, team } = (await load(props)).page;
  return { title: `${team?.name ?? content.organisation.name}, ${content.week}` };
}

export default async function Report(props: Props) {
  return <ReportView {...(await load(props))} />;
}
