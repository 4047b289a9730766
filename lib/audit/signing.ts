import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { originOf } from '@/lib/domain/audit/checkpoint';
import { readVerifierKey, type VerifierKey, verifierKey } from '@/lib/domain/audit/signed-note';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { logger } from '@/lib/platform/logger';
import { openSealed, seal } from '@/lib/platform/seal';
import { recordAudit } from './record';

const PURPOSE = 'audit signing key';

export type Signer = { verifier: VerifierKey; privateKey: KeyObject };

/**
 * The key that signs this organisation's checkpoints: the latest, or one made now. A key that no longer opens, since AUTH_SECRET
 * was replaced without naming the previous one, is followed by a new one; checkpoints of the old one still verify with its
 * verifier key. The caller holds the organisation's lock on `audit_keeping`, so that two processes make one key.
 */
export async function signerOf(tx: Tx, orgId: OrgId, clock: Clock): Promise<Signer> {
  const latest = await tx.auditKey.findFirst({
    where: { orgId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  if (latest !== null) {
    const opened = await openedKey(tx, orgId, latest);
    if (opened !== null) return opened;
    logger().warn(
      { orgId, key: latest.verifier },
      'The key that signs the audit log does not open: a new one signs from now on. Was AUTH_SECRET replaced without AUTH_SECRET_PREVIOUS?',
    );
  }
  return makeKey(tx, orgId, clock);
}

async function openedKey(
  tx: Tx,
  orgId: OrgId,
  { id, verifier, sealed }: { id: string; verifier: string; sealed: string },
): Promise<Signer | null> {
  const read = readVerifierKey(verifier);
  if (read === null) return null;
  try {
    const { plain, isOld } = openSealed(sealed, PURPOSE);
    if (isOld)
      await tx.auditKey.update({
        where: { orgId_id: { orgId, id } },
        data: { sealed: seal(plain, PURPOSE) },
      });
    return { verifier: read, privateKey: createPrivateKey(plain) };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

async function makeKey(tx: Tx, orgId: OrgId, clock: Clock): Promise<Signer> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const verifier = verifierKey(originOf(orgId), Buffer.from(x, 'base64url'));
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await tx.auditKey.create({
    data: {
      orgId,
      id: verifier.id,
      verifier: verifier.text,
      sealed: seal(pem, PURPOSE),
      createdAt: clock.now(),
    },
  });
  const actor = { kind: 'job', name: 'audit' } as const;
  await recordAudit(
    tx,
    { orgId, actor, clock, requestId: newId() },
    { act: 'audit.key_made', target: `key:${verifier.id}`, after: { verifier: verifier.text } },
  );
  return { verifier, privateKey };
}
