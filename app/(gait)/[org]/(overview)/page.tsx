import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Live } from '@/components/layout/live';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { paths } from '@/components/layout/paths';
import { OverviewView } from '@/components/overview/overview-view';
import { currentTime } from '@/components/ui/now';
import { loadLaneVersion, loadOverview } from '@/lib/lanes/loaders';

export const metadata: Metadata = { title: 'Overview' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function OverviewPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const version = await loadLaneVersion(org);
  const overview = await loadOverview(org);
  const sent = await headers();
  const url = `${sent.get('x-forwarded-proto') ?? 'http'}://${sent.get('host') ?? 'localhost:3000'}`;
  const typed = firstOf((await searchParams).q) ?? '';
  return (
    <>
      <Live version={version} address={paths.changes()} />
      <OverviewView org={org} overview={overview} typed={typed} url={url} now={currentTime()} />
    </>
  );
}
