import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env } from './env';
import { AppError, isAppError } from './errors';
import { logger } from './logger';

/**
 * Secrets that must be read again are kept encrypted: `sealed1.` and base64url of salt (16 bytes), nonce (12), tag (16) and
 * AES-256-GCM ciphertext. The key is HKDF-SHA-256 of AUTH_SECRET with the salt, so no two seals share one; the purpose is bound as
 * additional data, so what was sealed for one is not opened for another.
 */
const VERSION = 'sealed1';
const SALT = 16;
const NONCE = 12;
const TAG = 16;

function keyOf(secret: string, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `gait ${VERSION}`, 32));
}

function currentSecret(): string {
  const { AUTH_SECRET } = env();
  if (AUTH_SECRET === undefined)
    throw new AppError('unavailable', 'AUTH_SECRET is not set: without it no secret can be kept or read.');
  return AUTH_SECRET;
}

/** Encrypts with the current AUTH_SECRET. */
export function seal(plain: string, purpose: string): string {
  const salt = randomBytes(SALT);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(currentSecret(), salt), nonce);
  cipher.setAAD(Buffer.from(`${VERSION}\n${purpose}`));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([salt, nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
}

function tryOpen(sealed: string, purpose: string, secret: string): string | null {
  const [version, encoded = ''] = sealed.split('.');
  const bytes = Buffer.from(encoded, 'base64url');
  if (version !== VERSION || bytes.length < SALT + NONCE + TAG) return null;
  const [salt, nonce, tag, text] = [
    bytes.subarray(0, SALT),
    bytes.subarray(SALT, SALT + NONCE),
    bytes.subarray(SALT + NONCE, SALT + NONCE + TAG),
    bytes.subarray(SALT + NONCE + TAG),
  ];
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, salt), nonce, { authTagLength: TAG });
  decipher.setAAD(Buffer.from(`${VERSION}\n${purpose}`));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/**
 * Decrypts with the current AUTH_SECRET or, while it is being replaced, with AUTH_SECRET_PREVIOUS. `isOld` says that it was the
 * latter: seal it anew, so that the previous one can go.
 */
export function openSealed(sealed: string, purpose: string): { plain: string; isOld: boolean } {
  const current = tryOpen(sealed, purpose, currentSecret());
  if (current !== null) return { plain: current, isOld: false };
  const { AUTH_SECRET_PREVIOUS } = env();
  const previous = AUTH_SECRET_PREVIOUS ? tryOpen(sealed, purpose, AUTH_SECRET_PREVIOUS) : null;
  if (previous !== null) return { plain: previous, isOld: true };
  throw new AppError(
    'unavailable',
    'A kept secret does not open: it was kept under another AUTH_SECRET. Set AUTH_SECRET_PREVIOUS to that one.',
  );
}

export function open(sealed: string, purpose: string): string {
  return openSealed(sealed, purpose).plain;
}

export function doesOpen(sealed: string, purpose: string): boolean {
  const { AUTH_SECRET_PREVIOUS } = env();
  return [currentSecret(), AUTH_SECRET_PREVIOUS].some(
    (secret) => secret !== undefined && tryOpen(sealed, purpose, secret) !== null,
  );
}

/** What a seal of the previous AUTH_SECRET becomes under the current one; null where it is the current one's already, or does not open. */
export function resealed(sealed: string, purpose: string): string | null {
  try {
    const { plain, isOld } = openSealed(sealed, purpose);
    return isOld ? seal(plain, purpose) : null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    logger().warn({ purpose, reason: error.message }, 'A kept secret does not open.');
    return null;
  }
}
