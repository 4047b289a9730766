import type { Metadata } from 'next';
import { DecisionView } from '@/components/decisions/decision-view';
import { decodePart } from '@/components/layout/params';
import { loadRecommendation } from '@/lib/decisions/loaders';

export const metadata: Metadata = { title: 'Decision' };

type Props = { params: Promise<{ org: string; id: string }> };

export default async function DecisionPage({ params }: Props) {
  const { org: orgPart, id } = await params;
  const org = decodePart(orgPart);
  return <DecisionView org={org} recommendation={await loadRecommendation(org, decodePart(id))} />;
}
