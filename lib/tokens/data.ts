import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { TOKEN_SCOPES } from './ability';
import type { TokenList } from './types';

/** `team`: the slug of the only team that it speaks for; null for the whole organisation. */
export type LiveToken = {
  id: string;
  name: string;
  scopes: string[];
  team: string | null;
  connection: string | null;
};

/** "Last used" is told to the minute: a busy token must not cost a write per request. */
const LAST_USED_STEP_MS = 60_000;

/** The tokens with these hashes that are neither expired nor revoked, by the hash in hex. Notes their use. */
export async function findTokens(
  tx: Tx,
  orgId: OrgId,
  hashes: readonly Uint8Array<ArrayBuffer>[],
  now: Date,
): Promise<Map<string, LiveToken>> {
  const rows = await tx.token.findMany({
    where: { orgId, secretHash: { in: [...hashes] }, revokedAt: null, expiresAt: { gt: now } },
    select: {
      id: true,
      name: true,
      scopes: true,
      team: true,
      connection: true,
      secretHash: true,
      lastUsedAt: true,
    },
  });
  const due = rows.filter(
    ({ lastUsedAt }) => !lastUsedAt || now.getTime() - lastUsedAt.getTime() > LAST_USED_STEP_MS,
  );
  if (due.length > 0) {
    await tx.token.updateMany({
      where: { orgId, id: { in: due.map(({ id }) => id) } },
      data: { lastUsedAt: now },
    });
  }
  return new Map(
    rows.map(({ secretHash, id, name, scopes, team, connection }) => [
      Buffer.from(secretHash).toString('hex'),
      { id, name, scopes, team, connection },
    ]),
  );
}

/** The live token with this hash, if there is one. */
export async function findToken(
  orgId: OrgId,
  hash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<LiveToken | null> {
  const [token] = (await inOrg(orgId, (tx) => findTokens(tx, orgId, [hash], now))).values();
  return token ?? null;
}

/** All tokens of the organisation, newest first; never their secrets, which Gait does not know. */
export async function listTokens(orgId: OrgId, now: Date): Promise<TokenList> {
  const { rows, names } = await inOrg(orgId, async (tx) => ({
    rows: await tx.token.findMany({
      where: { orgId },
      orderBy: { createdAt: 'desc' },
      omit: { secretHash: true, orgId: true, createdById: true },
    }),
    names: await namesOf(tx, orgId),
  }));
  const replaced = new Set(rows.map(({ replaces }) => replaces));
  const working = new Map(
    rows.flatMap(({ id, prefix, revokedAt, expiresAt }) =>
      revokedAt || expiresAt <= now ? [] : [[id, prefix]],
    ),
  );
  return {
    scopes: TOKEN_SCOPES.map((scope) => ({ ...scope })),
    teams: names.teams,
    items: rows.map(({ replaces, ...row }) => ({
      ...row,
      // Of what a command did on Gait's own machine, the command.
      createdBy: row.createdBy.replace(/^job:/, ''),
      teamName: row.team === null ? null : names.team(row.team),
      replaced: replaced.has(row.id),
      besides: (replaces && working.get(replaces)) ?? null,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      expired: row.expiresAt <= now,
    })),
  };
}
