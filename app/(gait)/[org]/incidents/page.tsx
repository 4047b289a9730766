import type { Metadata } from 'next';
import { IncidentsView } from '@/components/incidents/incidents-view';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { loadIncidents } from '@/lib/incidents/loaders';
import { loadShell } from '@/lib/organisations/loaders';

export const metadata: Metadata = { title: 'Incidents' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function IncidentsPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const cursor = firstOf((await searchParams).cursor);
  const [list, { teams }] = await Promise.all([loadIncidents(org, cursor), loadShell(org)]);
  return <IncidentsView org={org} list={list} teams={teams} cursor={cursor} />;
}
