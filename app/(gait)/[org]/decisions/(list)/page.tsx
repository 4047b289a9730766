import type { Metadata } from 'next';
import { DecisionsView } from '@/components/decisions/decisions-view';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { loadDecisions } from '@/lib/decisions/loaders';
import { loadShell } from '@/lib/organisations/loaders';

export const metadata: Metadata = { title: 'Decisions' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function DecisionsListPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const [page, shell] = await Promise.all([loadDecisions(org), loadShell(org)]);
  return (
    <DecisionsView org={org} page={page} teams={shell.teams} team={firstOf((await searchParams).team)} />
  );
}
