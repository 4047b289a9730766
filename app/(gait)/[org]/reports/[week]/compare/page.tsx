import type { Metadata } from 'next';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { ComparisonView } from '@/components/reports/comparison-view';
import { loadComparison } from '@/lib/reports/loaders';

export const metadata: Metadata = { title: 'Two weeks side by side' };

type Props = { params: Promise<{ org: string; week: string }>; searchParams: SearchParams };

export default async function Compare({ params, searchParams }: Props) {
  const { org: orgPart, week } = await params;
  const org = decodePart(orgPart);
  const query = await searchParams;
  const asked = { team: firstOf(query.team), with: firstOf(query.with) };
  return <ComparisonView org={org} comparison={await loadComparison(org, decodePart(week), asked)} />;
}
