import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { originOf } from '@/lib/domain/audit/checkpoint';
import { readVerifierKey, type VerifierKey, verifierKey } from '@/lib/domain/audit/signed-note';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { openSealed, resealed, seal } from '@/lib/platform/seal';
import { lockKeeping } from './keeping';
import { recordAudit } from './record';

const PURPOSE = 'audit signing key';

export type Signer = { verifier: VerifierKey; privateKey: KeyObject };

/**
 * The key that signs this organisation's checkpoints: the latest, or the first, made now. One that does not open is never followed by
 * another by itself: whoever holds the key that was known would then see a log signed by a stranger. The caller holds the organisation's
 * lock on `audit_keeping`, so that two processes make one key. @throws conflict when the key does not open
 */
export async function signerOf(tx: Tx, orgId: OrgId, clock: Clock): Promise<Signer> {
  const latest = await latestKey(tx, orgId);
  if (latest === null) return makeKey(tx, orgId, clock);
  const opened = openedKey(latest);
  if (opened !== null) {
    if (opened.isOld) await resealKey(tx, orgId, latest);
    return opened.signer;
  }
  throw new AppError(
    'conflict',
    'The key that signs the audit log does not open under this AUTH_SECRET. Set it to the one that it was kept under; nothing is signed until then.',
  );
}

/** Whether the key that signs opens; null where there is none yet. */
export async function doesKeyOpen(tx: Tx, orgId: OrgId): Promise<boolean | null> {
  const latest = await latestKey(tx, orgId);
  return latest && openedKey(latest) !== null;
}

/** Keeps the key under the present AUTH_SECRET where it still lies under the previous one, also of a log in which nothing happens. */
export function resealAuditKey(orgId: OrgId): Promise<void> {
  return inOrg(orgId, async (tx) => {
    const latest = await latestKey(tx, orgId);
    if (latest !== null) await resealKey(tx, orgId, latest);
  });
}

/**
 * Follows a key that does not open by a new one, because a person has said that the AUTH_SECRET it was kept under is lost. Checkpoints of the
 * former one still verify with its verifier key. @returns whether it was so
 */
export function replaceLostKey(orgId: OrgId, clock: Clock): Promise<boolean> {
  return inOrg(orgId, async (tx) => {
    await lockKeeping(tx, orgId);
    if ((await doesKeyOpen(tx, orgId)) !== false) return false;
    await makeKey(tx, orgId, clock, 'The AUTH_SECRET that the former key was kept under is lost.');
    return true;
  });
}

type KeptKey = { id: string; verifier: string; sealed: string };

function latestKey(tx: Tx, orgId: OrgId): Promise<KeptKey | null> {
  return tx.auditKey.findFirst({ where: { orgId }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
}

function openedKey({ verifier, sealed }: KeptKey): { signer: Signer; isOld: boolean } | null {
  const read = readVerifierKey(verifier);
  if (read === null) return null;
  try {
    const { plain, isOld } = openSealed(sealed, PURPOSE);
    return { signer: { verifier: read, privateKey: createPrivateKey(plain) }, isOld };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

async function resealKey(tx: Tx, orgId: OrgId, { id, sealed }: KeptKey): Promise<void> {
  const anew = resealed(sealed, PURPOSE);
  if (anew !== null) await tx.auditKey.updateMany({ where: { orgId, id, sealed }, data: { sealed: anew } });
}

async function makeKey(tx: Tx, orgId: OrgId, clock: Clock, reason?: string): Promise<Signer> {
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
    {
      act: 'audit.key_made',
      target: `key:${verifier.id}`,
      after: { verifier: verifier.text },
      ...(reason !== undefined && { reason }),
    },
  );
  return { verifier, privateKey };
}
