import { vouchForOrg } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { readSamlRef, samlAddressesOf } from '../saml/addresses';
import { ownMetadata } from '../saml/protocol';
import { findConnection } from './connections';

/** What Gait says of itself to the provider of a connection. Anybody may read it: the provider does, without signing in. */
export async function getOwnMetadata(ref: string): Promise<string> {
  const read = readSamlRef(ref);
  const orgId = read && vouchForOrg(read.orgId);
  const connection = orgId && (await inOrg(orgId, (tx) => findConnection(tx, orgId, read.connectionId)));
  if (connection?.kind !== 'saml') throw new AppError('not_found', 'There is no such connection.');
  const { settings, keys } = connection;
  return ownMetadata({ settings, keys, addresses: samlAddressesOf(connection.orgId, connection.id) });
}
