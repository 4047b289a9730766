import type { Metadata } from 'next';
import { readDecisionFilters } from '@/components/decisions/decision-filters';
import { DecisionsView } from '@/components/decisions/decisions-view';
import { decodePart, type SearchParams } from '@/components/layout/params';
import { loadDecisions } from '@/lib/decisions/loaders';
import { loadShell } from '@/lib/organisations/loaders';

export const metadata: Metadata = { title: 'Decisions' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function DecisionsListPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const filters = readDecisionFilters(await searchParams);
  const [page, { teams }] = await Promise.all([loadDecisions(org, filters), loadShell(org)]);
  return <DecisionsView {...{ org, page, filters, teams }} />;
}
