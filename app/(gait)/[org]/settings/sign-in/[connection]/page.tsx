import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { ConnectionView } from '@/components/sso/connection-view';
import { loadDirectory } from '@/lib/scim/loaders';
import { loadConnection } from '@/lib/sso/loaders';

type Props = { params: Promise<{ org: string; connection: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, connection } = await params;
  return { title: (await loadConnection(decodePart(org), decodePart(connection))).name };
}

export default async function ConnectionPage({ params }: Props) {
  const { org: orgPart, connection: idPart } = await params;
  const org = decodePart(orgPart);
  const id = decodePart(idPart);
  const connection = await loadConnection(org, id);
  return <ConnectionView org={org} connection={connection} directory={await loadDirectory(org, id)} />;
}
