import type { Grant } from '@/lib/domain/ability';
import type { OrgId } from '@/lib/platform/ctx';
import { vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { readSecret } from '@/lib/platform/secret';
import { type GrantRow, grantsOf } from './actor';
import type { SignInLinkPreview } from './types';

/** A live session: who, how they signed in, and in which organisation. */
export type LiveSession = {
  orgId: OrgId;
  id: string;
  via: string;
  authenticatedAt: Date;
  person: { id: string; name: string; grants: readonly Grant[] };
  organisation: { slug: string; name: string; isSample: boolean };
};

/** "Last seen" is told to the minute: reading pages must not cost a write each. */
const SEEN_STEP_MS = 60_000;

/**
 * The session of a cookie's secret. Null when it is unknown or was ended, when its time is over or nobody has used it for
 * too long, or when its person may not sign in any more.
 * @param isUse whether a person does something with it; what a page asks by itself keeps no session open
 */
export async function findSession(
  secret: string,
  now: Date,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<LiveSession | null> {
  const read = readSecret('session', secret);
  if (!read) return null;
  const orgId = vouchForOrg(read.orgId);
  return inOrg(orgId, async (tx) => {
    const row = await findRow(tx, orgId, read.hash, now);
    if (!row) return null;
    if (isUse && now.getTime() - row.lastSeenAt.getTime() > SEEN_STEP_MS)
      await tx.session.updateMany({ where: { orgId, id: row.id }, data: { lastSeenAt: now } });
    const { id, via, authenticatedAt, personId, personName, grants, slug, name, isSample } = row;
    const person = { id: personId, name: personName, grants: grantsOf(grants) };
    return { orgId, id, via, authenticatedAt, person, organisation: { slug, name, isSample } };
  });
}

type SessionRow = {
  id: string;
  via: string;
  authenticatedAt: Date;
  lastSeenAt: Date;
  personId: string;
  personName: string;
  grants: GrantRow[];
  slug: string;
  name: string;
  isSample: boolean;
};

/** One statement: it runs before every page. */
async function findRow(
  tx: Tx,
  orgId: OrgId,
  hash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<SessionRow | undefined> {
  const [row] = await tx.$queryRaw<SessionRow[]>`
    SELECT s.id, s.via, s.authenticated_at AS "authenticatedAt", s.last_seen_at AS "lastSeenAt",
      p.id AS "personId", p.name AS "personName", o.slug, o.name, o.is_sample AS "isSample",
      (SELECT coalesce(json_agg(json_build_object('team', g.team, 'role', g.role)), '[]') FROM role_grant g
       WHERE g.org_id = p.org_id AND g.person_id = p.id) AS grants
    FROM session s
    JOIN person p ON p.org_id = s.org_id AND p.id = s.person_id AND p.removed_at IS NULL
    JOIN organisation o ON o.org_id = s.org_id
    WHERE s.org_id = ${orgId}::uuid AND s.secret_hash = ${hash} AND s.ended_at IS NULL AND s.expires_at > ${now}
      AND s.last_seen_at + make_interval(mins => o.session_idle_minutes) > ${now}`;
  return row;
}

/** Looks at a sign-in link without using it up: mail scanners and previews open links too. */
export async function previewSignInLink(secret: string, now: Date): Promise<SignInLinkPreview> {
  const read = readSecret('link', secret);
  if (!read) return { state: 'unknown' };
  const orgId = vouchForOrg(read.orgId);
  return inOrg(orgId, async (tx) => {
    const link = await tx.signInLink.findFirst({
      where: { orgId, secretHash: read.hash, person: { removedAt: null } },
      select: { usedAt: true, expiresAt: true, person: { select: { name: true } } },
    });
    const organisation = await tx.organisation.findUnique({ where: { orgId }, select: { name: true } });
    if (!link || !organisation) return { state: 'unknown' };
    if (link.usedAt) return { state: 'used' };
    if (link.expiresAt <= now) return { state: 'expired' };
    return { state: 'ready', personName: link.person.name, organisationName: organisation.name };
  });
}
