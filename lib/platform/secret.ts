import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Secrets that name their organisation: `gait_` (token), `gaits_` (session), `gaitl_` (sign-in link), `gaiti_` (invitation) or
 * `gaito_` (the state of a sign-in under way), then
 * base64url of 16 bytes of organisation id and 32 random bytes, then a CRC-32 in hex.
 *
 * Naming the organisation means that even looking a secret up happens inside that organisation's row-level
 * security. The checksum lets secret scanners tell a real one from noise, and spares the database a typo.
 */
export type SecretKind = 'token' | 'session' | 'link' | 'invitation' | 'attempt';

const PREFIX: Record<SecretKind, string> = {
  token: 'gait_',
  session: 'gaits_',
  link: 'gaitl_',
  invitation: 'gaiti_',
  attempt: 'gaito_',
};
const BODY_LENGTH = 64;

export type NewSecret = { secret: string; hash: Uint8Array<ArrayBuffer>; shownPrefix: string };

export function createSecret(kind: SecretKind, orgId: string): NewSecret {
  const body = Buffer.concat([Buffer.from(orgId.replaceAll('-', ''), 'hex'), randomBytes(32)]).toString(
    'base64url',
  );
  const secret = `${PREFIX[kind]}${body}${checksum(body)}`;
  return { secret, hash: hashSecret(secret), shownPrefix: `${PREFIX[kind]}…${secret.slice(-6)}` };
}

/** The organisation's id that a secret names, and the hash to look it up by; null when it is not one of ours. */
export function readSecret(
  kind: SecretKind,
  secret: string,
): { orgId: string; hash: Uint8Array<ArrayBuffer> } | null {
  const prefix = PREFIX[kind];
  if (!secret.startsWith(prefix) || secret.length !== prefix.length + BODY_LENGTH + 8) return null;
  const body = secret.slice(prefix.length, prefix.length + BODY_LENGTH);
  if (!/^[\w-]+$/.test(body) || checksum(body) !== secret.slice(-8)) return null;
  const hex = Buffer.from(body, 'base64url').subarray(0, 16).toString('hex');
  const orgId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return { orgId, hash: hashSecret(secret) };
}

/** SHA-256: enough for 256 random bits, where a slow hash would only slow every request. */
function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
