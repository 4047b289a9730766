import type { Metadata } from 'next';
import { readLaneFilters } from '@/components/lanes/lane-filters';
import { LanesView } from '@/components/lanes/lanes-view';
import { decodePart, type SearchParams } from '@/components/layout/params';
import { loadLanes } from '@/lib/lanes/loaders';
import { loadShell } from '@/lib/organisations/loaders';

export const metadata: Metadata = { title: 'Lanes' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function LanesPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const filters = readLaneFilters(await searchParams);
  const [list, { teams, categories }] = await Promise.all([loadLanes(org, filters), loadShell(org)]);
  return <LanesView org={org} list={list} filters={filters} teams={teams} categories={categories} />;
}
