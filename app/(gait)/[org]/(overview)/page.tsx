import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { OverviewView } from '@/components/overview/overview-view';
import { currentTime } from '@/components/ui/now';
import { loadOverview } from '@/lib/lanes/loaders';

export const metadata: Metadata = { title: 'Overview' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function OverviewPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const overview = await loadOverview(org);
  const sent = await headers();
  const url = `${sent.get('x-forwarded-proto') ?? 'http'}://${sent.get('host') ?? 'localhost:3000'}`;
  const typed = firstOf((await searchParams).q) ?? '';
  return <OverviewView org={org} overview={overview} typed={typed} url={url} now={currentTime()} />;
}
