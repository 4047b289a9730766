import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock';
import { inWorkList } from './db';
import { adoptEnv, env } from './env';
import { type AppError, cannotStart } from './errors';
import { makeSecretFile, readSecretFile, secretFile } from './home';

/** What a secret is known by: a salt of 16 bytes, and the 32 that HKDF-SHA-256 makes of the secret with it, for this purpose alone. */
export type Fingerprint = { salt: Uint8Array<ArrayBuffer>; hash: Uint8Array<ArrayBuffer> };

const PURPOSE = 'gait fingerprint of AUTH_SECRET 1';
const WAY_OUT = 'if it is lost for good, npx gait secret reset --help says what that costs';

/** Whether what the database keeps sealed opens under the secret of this process; `none` while it keeps nothing. */
export type LookAtSeals = () => Promise<'none' | 'open' | 'closed'>;

function hashOf(secret: string, salt: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync('sha256', secret, salt, PURPOSE, 32));
}

function fingerprintOf(secret: string): Fingerprint {
  const salt = new Uint8Array(randomBytes(16));
  return { salt, hash: hashOf(secret, salt) };
}

/** Compared in constant time. */
export function isSecretOf(secret: string | undefined, { salt, hash }: Fingerprint): boolean {
  return secret !== undefined && hash.length === 32 && timingSafeEqual(hashOf(secret, salt), hash);
}

/** What the database's secret is known by; null before the first start. */
export function readFingerprint(): Promise<Fingerprint | null> {
  return inWorkList((tx) =>
    tx.secretFingerprint.findUnique({ where: { id: 1 }, select: { salt: true, hash: true } }),
  );
}

function missing(home: string): AppError {
  return cannotStart(
    `The secret of this database is missing: ${secretFile(home)} is not there. Put it back from your copy, or set AUTH_SECRET; ${WAY_OUT}.`,
  );
}

/** @param file where the secret was read; undefined: in AUTH_SECRET */
function isAnother(file: string | undefined): AppError {
  return cannotStart(
    file === undefined
      ? `AUTH_SECRET is not the one that this database was set up with. Set it to that one; to replace it, name that one as AUTH_SECRET_PREVIOUS; ${WAY_OUT}.`
      : `The secret in ${file} is not the one that this database was set up with. Put that one back, or set AUTH_SECRET to it; ${WAY_OUT}.`,
  );
}

/**
 * For a server: takes the secret of AUTH_SECRET or of the data folder, and makes one only for a database that has none. The first server
 * gives the database its fingerprint; whoever comes with another secret is refused. With AUTH_SECRET_PREVIOUS the new one takes its place.
 */
export async function adoptServerSecret(home: string, seals: LookAtSeals, clock: Clock): Promise<void> {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS } = env();
  const file = AUTH_SECRET === undefined ? secretFile(home) : undefined;
  const stored = await readFingerprint();
  let secret = AUTH_SECRET ?? readSecretFile(home);
  if (secret === undefined) {
    if (stored !== null || (await seals()) !== 'none') throw missing(home);
    secret = makeSecretFile(home);
  }
  adoptEnv({ AUTH_SECRET: secret });
  // A database of before there were fingerprints is not given to whoever happens to come first.
  if (stored === null && (await seals()) === 'closed') throw isAnother(file);
  if (stored === null) await claim(secret, clock);
  const known = stored ?? (await readFingerprint());
  if (known !== null && isSecretOf(secret, known)) return;
  if (known === null || !isSecretOf(AUTH_SECRET_PREVIOUS, known)) throw isAnother(file);
  await replace(secret, known, clock);
}

/**
 * For a command: takes the secret there is, makes none, and refuses one that is not the database's.
 * @param isOwn whether the data folder is this database's; with DATABASE_URL it may be that of another, and nothing has to be in it
 */
export async function adoptCommandSecret(home: string, isOwn: boolean): Promise<void> {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS } = env();
  const stored = await readFingerprint();
  const kept = AUTH_SECRET === undefined ? readSecretFile(home) : undefined;
  const secret = AUTH_SECRET ?? kept;
  const fits = stored === null || [secret, AUTH_SECRET_PREVIOUS].some((known) => isSecretOf(known, stored));
  const isFree = AUTH_SECRET === undefined && !isOwn;
  if (secret === undefined && stored !== null && !isFree) throw missing(home);
  if (!fits && !isFree) throw isAnother(kept === undefined ? undefined : secretFile(home));
  if (secret !== undefined && fits && (isOwn || stored !== null)) adoptEnv({ AUTH_SECRET: secret });
}

/** Of servers that start side by side on a new database, one is first. */
async function claim(secret: string, clock: Clock): Promise<void> {
  const { salt, hash } = fingerprintOf(secret);
  await inWorkList(
    (tx) => tx.$executeRaw`
      INSERT INTO secret_fingerprint (id, salt, hash, created_at) VALUES (1, ${salt}, ${hash}, ${clock.now()}) ON CONFLICT DO NOTHING`,
  );
}

/** Of two who replace the same one, one does. */
async function replace(secret: string, known: Fingerprint, clock: Clock): Promise<void> {
  const data = { ...fingerprintOf(secret), createdAt: clock.now() };
  await inWorkList((tx) => tx.secretFingerprint.updateMany({ where: { id: 1, hash: known.hash }, data }));
}

/** Gives the database over to the secret, whatever it was known by. */
export async function overwriteFingerprint(secret: string, clock: Clock): Promise<void> {
  const data = { ...fingerprintOf(secret), createdAt: clock.now() };
  await inWorkList((tx) =>
    tx.secretFingerprint.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data }),
  );
}
