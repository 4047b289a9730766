import type { Connection } from '@/generated/prisma/client';
import { domainOf } from '@/lib/domain/identity/claims';
import type { Joining } from '@/lib/domain/identity/joining';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, inWorkList, type Tx } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { open } from '@/lib/platform/seal';
import type { OidcSettings, SamlSettings } from '../schema';

/** A connection as it is used: with its secret opened. */
export type LiveConnection = OidcLive | SamlLive;

type Live = { orgId: OrgId; id: string; status: 'draft' | 'on' | 'off'; joining: Joining };
export type OidcLive = Live & { kind: 'oidc'; settings: OidcSettings; secret: string | null };
/** `keys`: our private keys, the first in use. */
export type SamlLive = Live & { kind: 'saml'; settings: SamlSettings; keys: string[] };

/** What a connection's secret is sealed for: it opens nothing else. */
export const sealedFor = (orgId: OrgId, connectionId: string) => `connection ${orgId} ${connectionId}`;

export function liveConnection(orgId: OrgId, row: Connection): LiveConnection {
  const { id, kind, status, joining, settings, secretSealed } = row;
  const secret = secretSealed === null ? null : open(secretSealed, sealedFor(orgId, id));
  // Written by our own verbs alone, from checked input.
  const live = { orgId, id, status: status as Live['status'], joining: joining as Joining };
  return kind === 'saml'
    ? {
        ...live,
        kind,
        settings: settings as unknown as SamlSettings,
        keys: JSON.parse(secret ?? '[]') as string[],
      }
    : { ...live, kind: 'oidc', settings: settings as unknown as OidcSettings, secret };
}

export async function findConnection(tx: Tx, orgId: OrgId, id: string): Promise<LiveConnection | null> {
  const row = await tx.connection.findUnique({ where: { orgId_id: { orgId, id } } });
  return row && liveConnection(orgId, row);
}

/** Where the provider sends people back to; each connection has its own, so that no answer is taken for another's. */
export function redirectUriOf(connectionId: string): string {
  return `${publicUrl()}/api/auth/oidc/${connectionId}/callback`;
}

/** The organisation that vouches for the domain of an address, and its connection for it; null where there is none. */
export async function routeOf(
  email: string,
): Promise<{ orgId: OrgId; connection: LiveConnection | null } | null> {
  const domain = domainOf(email);
  const route = await inWorkList((tx) => tx.domainRoute.findUnique({ where: { domain } }));
  if (!route) return null;
  const orgId = vouchForOrg(route.orgId);
  return inOrg(orgId, async (tx) => {
    const own = await tx.emailDomain.findFirst({
      where: { orgId, domain, verifiedAt: { not: null } },
      select: { connectionId: true },
    });
    if (!own) return null;
    const connection = own.connectionId === null ? null : await findConnection(tx, orgId, own.connectionId);
    return { orgId, connection: connection?.status === 'on' ? connection : null };
  });
}

/** Changes some of a connection's settings and leaves the others, whoever changes those meanwhile. */
export async function mergeSettings(
  tx: Tx,
  orgId: OrgId,
  id: string,
  part: Partial<SamlSettings>,
): Promise<void> {
  await tx.$executeRaw`UPDATE connection SET settings = settings || ${JSON.stringify(part)}::jsonb
    WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid`;
}
