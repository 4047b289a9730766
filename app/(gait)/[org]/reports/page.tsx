import type { Metadata } from 'next';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { ReportsView } from '@/components/reports/reports-view';
import { loadReports } from '@/lib/reports/loaders';

export const metadata: Metadata = { title: 'Reports' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function ReportsPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const { team: asked, before: from } = await searchParams;
  const [team, before] = [firstOf(asked), firstOf(from)];
  return <ReportsView org={org} list={await loadReports(org, { team, before })} team={team} />;
}
