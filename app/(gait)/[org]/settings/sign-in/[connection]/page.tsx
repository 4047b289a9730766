import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { ConnectionView } from '@/components/sso/connection-view';
import { loadConnection } from '@/lib/sso/loaders';

type Props = { params: Promise<{ org: string; connection: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, connection } = await params;
  return { title: (await loadConnection(decodePart(org), decodePart(connection))).name };
}

export default async function ConnectionPage({ params }: Props) {
  const { org: orgPart, connection } = await params;
  const org = decodePart(orgPart);
  return <ConnectionView org={org} connection={await loadConnection(org, decodePart(connection))} />;
}
