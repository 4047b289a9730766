import { X509Certificate } from 'node:crypto';
import type { Connection } from '@/generated/prisma/client';
import type { Joining } from '@/lib/domain/identity/joining';
import { explainRefusal } from '@/lib/members/allow';
import { GLASS_BREAKERS } from '@/lib/members/break-glass';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { proofOf } from '../dns';
import { samlAddressesOf } from '../saml/addresses';
import type { OidcSettings, SamlSettings } from '../schema';
import type { Certificate, ConnectionPage, ConnectionRow, SignInSettings, Trial } from '../types';
import { redirectUriOf } from './connections';
import { mappingsOf } from './mappings';
import { membersByGroup, membersOf } from './members-by-group';
import { countSignedInThrough } from './signed-in';

/** How people sign in: connections, domains, and whether anything else is allowed. */
export async function getSignInSettings(ctx: Ctx): Promise<SignInSettings> {
  const { orgId } = ctx;
  return inOrg(orgId, async (tx) => {
    const connections = await tx.connection.findMany({ where: { orgId }, orderBy: { createdAt: 'asc' } });
    const domains = await tx.emailDomain.findMany({ where: { orgId }, orderBy: { domain: 'asc' } });
    const { ssoEnforced } = await tx.organisation.findUniqueOrThrow({ where: { orgId } });
    const breakGlass = await tx.person.findMany({
      where: { orgId, ...GLASS_BREAKERS },
      select: { name: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return {
      connections: connections.map((row) =>
        toRow(
          row,
          domains.flatMap(({ domain, connectionId }) => (connectionId === row.id ? [domain] : [])),
        ),
      ),
      domains: domains.map(({ domain, challenge, connectionId, verifiedAt, checkedAt, missingSince }) => ({
        domain,
        proof: proofOf(domain, challenge),
        connection: connectionId,
        verifiedAt: verifiedAt?.toISOString() ?? null,
        checkedAt: checkedAt?.toISOString() ?? null,
        missingSince: missingSince?.toISOString() ?? null,
      })),
      ssoEnforced,
      signedInThrough: await countSignedInThrough(tx, ctx),
      breakGlass: breakGlass.map(({ name }) => name),
      cannotManage: await explainRefusal(ctx, 'manageSignIn', null, tx),
      cannotEnforce: await explainRefusal(ctx, 'enforceSso', null, tx),
    };
  });
}

export async function getConnection(ctx: Ctx, id: string): Promise<ConnectionPage | null> {
  const { orgId } = ctx;
  return inOrg(orgId, async (tx) => {
    const row = await tx.connection.findUnique({ where: { orgId_id: { orgId, id } } });
    if (!row) return null;
    const domains = await tx.emailDomain.findMany({
      where: { orgId, connectionId: id },
      orderBy: { domain: 'asc' },
      select: { domain: true },
    });
    const teams = await tx.team.findMany({
      where: { orgId },
      orderBy: { name: 'asc' },
      select: { slug: true, name: true },
    });
    const members = await membersByGroup(tx, orgId, id);
    const mappings = (await mappingsOf(tx, orgId, id)).map((mapping) => ({
      ...mapping,
      people: membersOf(members, mapping.group).people,
    }));
    return {
      ...toRow(
        row,
        domains.map(({ domain }) => domain),
      ),
      ...kindOf(ctx, row),
      trial: row.trial as unknown as Trial | null,
      mappings,
      teams,
      cannotManage: await explainRefusal(ctx, 'manageSignIn', null, tx),
    };
  });
}

/** What differs by kind. The settings were written by our own verbs alone, from checked input. */
function kindOf({ orgId, clock }: Ctx, { id, kind, settings, secretSealed }: Connection) {
  if (kind !== 'saml')
    return {
      kind: 'oidc' as const,
      settings: settings as unknown as OidcSettings,
      hasSecret: secretSealed !== null,
      redirectUri: redirectUriOf(id),
    };
  const saml = settings as unknown as SamlSettings;
  return {
    kind,
    settings: saml,
    addresses: samlAddressesOf(orgId, id),
    own: saml.certificates.map((pem) => describeCertificate(pem, clock.now())),
    theirs: saml.provider.certificates.map((pem) => describeCertificate(pem, clock.now())),
  } as const;
}

function describeCertificate(pem: string, now: Date): Certificate {
  const { fingerprint256: fingerprint, validTo } = new X509Certificate(pem);
  const until = new Date(validTo);
  return { pem, fingerprint, until: until.toISOString(), isExpired: until <= now };
}

function toRow(row: Connection, domains: string[]): ConnectionRow {
  const { id, kind, name, status, joining, triedAt } = row;
  return {
    id,
    kind: kind as ConnectionRow['kind'],
    name,
    status: status as ConnectionRow['status'],
    joining: joining as Joining,
    domains,
    triedAt: triedAt?.toISOString() ?? null,
  };
}
