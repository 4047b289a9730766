import { replaceLostKey } from '@/lib/audit/signing';
import { sealedForChannel } from '@/lib/outbox/channel-secrets';
import { isSecretOf, overwriteFingerprint, readFingerprint } from '@/lib/platform/auth-secret';
import type { Clock } from '@/lib/platform/clock';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, inWorkList } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { doesOpen } from '@/lib/platform/seal';
import { sealedFor } from '@/lib/sso/data/connections';

/** How many audit logs sign with a new key from now on, and what must be entered anew since it does not open any more, by name. */
export type SecretReset = { newKeys: number; connections: string[]; channels: string[] };

/**
 * Gives the database over to `secret`, the present AUTH_SECRET, because a person has said that the former one is lost. Each audit log whose
 * key does not open gets a new one, which is an entry in it. Doing it again goes on where it was interrupted.
 * @throws conflict where nothing is lost
 */
export async function resetSecret(secret: string, clock: Clock): Promise<SecretReset> {
  const stored = await readFingerprint();
  const isFitting = stored !== null && isSecretOf(secret, stored);
  const reset: SecretReset = { newKeys: 0, connections: [], channels: [] };
  // Every organisation has an audit log, and its name on that work list.
  const organisations = await inWorkList((tx) => tx.auditDue.findMany({ select: { orgId: true } }));
  for (const { orgId: id } of organisations) {
    const orgId = vouchForOrg(id);
    if (await replaceLostKey(orgId, clock)) reset.newKeys += 1;
    const { connections, channels } = await unopened(orgId);
    reset.connections.push(...connections);
    reset.channels.push(...channels);
  }
  const isWhole = reset.newKeys + reset.connections.length + reset.channels.length === 0;
  if (isFitting && isWhole)
    throw new AppError(
      'conflict',
      'This secret is the one that the database has: nothing is lost, and nothing was changed.',
    );
  if (!isFitting) await overwriteFingerprint(secret, clock);
  return reset;
}

function unopened(orgId: OrgId): Promise<Pick<SecretReset, 'connections' | 'channels'>> {
  return inOrg(orgId, async (tx) => {
    const connections = await tx.connection.findMany({ where: { orgId } });
    const channels = await tx.channel.findMany({ where: { orgId } });
    return {
      connections: connections
        .filter(
          ({ id, secretSealed }) => secretSealed !== null && !doesOpen(secretSealed, sealedFor(orgId, id)),
        )
        .map(({ name }) => name),
      channels: channels
        .filter(({ id, urlSealed }) => !doesOpen(urlSealed, sealedForChannel({ orgId, id })))
        .map(({ name }) => name),
    };
  });
}
