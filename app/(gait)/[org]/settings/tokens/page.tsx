import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { TokensView } from '@/components/tokens/tokens-view';
import { loadTokens } from '@/lib/tokens/loaders';

export const metadata: Metadata = { title: 'Tokens' };

export default async function TokensPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  return <TokensView org={org} list={await loadTokens(org)} />;
}
