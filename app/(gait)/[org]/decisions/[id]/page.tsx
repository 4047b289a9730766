import type { Metadata } from 'next';
import { DecisionView } from '@/components/decisions/decision-view';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { loadRecommendation } from '@/lib/decisions/loaders';

export const metadata: Metadata = { title: 'Decision' };

type Props = { params: Promise<{ org: string; id: string }>; searchParams: SearchParams };

export default async function DecisionPage({ params, searchParams }: Props) {
  const { org: orgPart, id } = await params;
  const org = decodePart(orgPart);
  const recommendation = await loadRecommendation(org, decodePart(id));
  const isOthersLink = firstOf((await searchParams).sent) === 'other';
  return <DecisionView org={org} recommendation={recommendation} isOthersLink={isOthersLink} />;
}
