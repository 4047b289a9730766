import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { adoptCommandSecret, adoptServerSecret, readFingerprint } from './auth-secret';
import { adoptEnv, env } from './env';
import { secretFile } from './home';
import { temporaryHome } from './testing/home';

const database = aTestDatabase();
const clock = aClock();
const [RIGHT, WRONG, THIRD] = ['r'.repeat(40), 'w'.repeat(40), 't'.repeat(40)];
let home: string;

beforeEach(async () => {
  home = temporaryHome();
  await database.asOwner('DELETE FROM secret_fingerprint');
});
afterEach(() => rmSync(home, { recursive: true }));

const given = (secret = '', previous = '') =>
  adoptEnv({ AUTH_SECRET: secret, AUTH_SECRET_PREVIOUS: previous });
const serves = (seals: 'none' | 'open' | 'closed' = 'none') =>
  adoptServerSecret(home, async () => seals, clock);
const another = { code: 'cannot_start', message: expect.stringContaining('is not the one') };
const missing = { code: 'cannot_start', message: expect.stringContaining('is missing') };

describe('a server', () => {
  it('gives a new database the fingerprint of its secret, of which nothing else is kept there', async () => {
    given(RIGHT);
    await serves();
    const [row] = await database.asOwner<{ salt: Buffer; hash: Buffer }>(
      'SELECT salt, hash FROM secret_fingerprint',
    );
    expect([row?.salt.length, row?.hash.length]).toEqual([16, 32]);
    expect(Buffer.concat([row?.salt ?? Buffer.of(), row?.hash ?? Buffer.of()]).toString()).not.toContain(
      'rrr',
    );
    await serves('open');
    given(WRONG);
    await expect(serves()).rejects.toMatchObject(another);
  });

  it('of several that start at once with secrets of their own, one has the database', async () => {
    const tries = [RIGHT, WRONG, THIRD].map((secret) => {
      given(secret);
      return serves();
    });
    const ends = await Promise.allSettled(tries);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('makes a secret for a new database alone, readable by its owner alone', async () => {
    given();
    await serves();
    expect(statSync(secretFile(home)).mode & 0o777).toBe(0o600);
    expect(env().AUTH_SECRET).toBe(readFileSync(secretFile(home), 'utf8').trim());
    rmSync(secretFile(home));
    given();
    await expect(serves()).rejects.toMatchObject(missing);
    expect(existsSync(secretFile(home))).toBe(false);
  });

  it('on a database of before there were fingerprints, is taken by whether what is kept there opens', async () => {
    given();
    await expect(serves('closed')).rejects.toMatchObject(missing);
    expect(existsSync(secretFile(home))).toBe(false);
    given(WRONG);
    await expect(serves('closed')).rejects.toMatchObject(another);
    expect(await readFingerprint()).toBeNull();
    given(RIGHT);
    await serves('open');
    expect(await readFingerprint()).not.toBeNull();
  });

  it('replaces the secret while the previous one is named, and not otherwise', async () => {
    given(RIGHT);
    await serves();
    given(WRONG, THIRD);
    await expect(serves()).rejects.toMatchObject(another);
    given(WRONG, RIGHT);
    await serves();
    given(WRONG);
    await serves();
    given(RIGHT);
    await expect(serves()).rejects.toMatchObject(another);
  });
});

describe('a command', () => {
  it('takes the secret of the data folder, makes none, and is refused with another', async () => {
    given();
    await adoptCommandSecret(home, true);
    expect([env().AUTH_SECRET, existsSync(secretFile(home))]).toEqual([undefined, false]);
    given(RIGHT);
    await serves();
    given();
    await expect(adoptCommandSecret(home, true)).rejects.toMatchObject(missing);
    writeFileSync(secretFile(home), `${WRONG}\n`);
    await expect(adoptCommandSecret(home, true)).rejects.toMatchObject(another);
    writeFileSync(secretFile(home), `${RIGHT}\n`);
    await adoptCommandSecret(home, true);
    expect(env().AUTH_SECRET).toBe(RIGHT);
    // While a server replaces it, a command may come before that server, or after it.
    given(THIRD, RIGHT);
    await adoptCommandSecret(home, true);
    expect(env().AUTH_SECRET).toBe(THIRD);
  });

  it('on a database of one’s own needs none, takes no other’s out of the data folder, and is refused with a wrong one', async () => {
    given(RIGHT);
    await serves();
    given();
    await adoptCommandSecret(home, false);
    writeFileSync(secretFile(home), `${WRONG}\n`);
    await adoptCommandSecret(home, false);
    expect(env().AUTH_SECRET).toBeUndefined();
    writeFileSync(secretFile(home), `${RIGHT}\n`);
    await adoptCommandSecret(home, false);
    expect(env().AUTH_SECRET).toBe(RIGHT);
    given(WRONG);
    await expect(adoptCommandSecret(home, false)).rejects.toMatchObject(another);
  });
});
