import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import { dispose, freePort, runGait, type Server, startServer, temporaryHome } from './fixtures/server';

/** One database has one AUTH_SECRET: whoever comes with another is refused, and makes none of their own. */

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const RIGHT = 'the secret of this database, long enough';
const WRONG = 'the secret of another one, long enough';

test('a server or a command with another AUTH_SECRET than the database has is refused', async () => {
  test.setTimeout(240_000);
  const home = temporaryHome();
  const elsewhere = temporaryHome();
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({
    home,
    say: () => undefined,
    log: silent,
  });
  const of = (secret: string, more: Record<string, string> = {}) => ({
    DATABASE_URL: postgres.databaseUrl,
    AUTH_SECRET: secret,
    ...more,
  });
  const servers: Server[] = [];
  const start = async (env: Record<string, string>, folder = temporaryHome()) => {
    const server = await startServer({ home: folder, env });
    servers.push(server);
    return server;
  };
  try {
    await start(of(RIGHT));
    await expect(start(of(WRONG))).rejects.toThrow(
      /did not start:[\s\S]*\nAUTH_SECRET is not the one that this database was set up with\. Set it to that one[^\n]*\n$/,
    );
    const refused = await runGait(['token', 'create', 'ci'], of(WRONG));
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toMatch(
      /^AUTH_SECRET is not the one that this database was set up with\. [^\n]*\n$/,
    );

    // Without a secret, and with an empty data folder, a server has none to make.
    await expect(start({ DATABASE_URL: postgres.databaseUrl }, elsewhere)).rejects.toThrow(
      /did not start:[\s\S]*\nThe secret of this database is missing/,
    );
    expect(existsSync(join(elsewhere, 'auth-secret'))).toBe(false);

    await start(of(RIGHT));
    const made = await runGait(['token', 'create', 'ci'], of(RIGHT));
    expect(made, made.stderr).toMatchObject({ code: 0 });

    // Replaced while the previous one is named, the new one is the database's from then on.
    await start(of(WRONG, { AUTH_SECRET_PREVIOUS: RIGHT }));
    await start(of(WRONG));
    await expect(start(of(RIGHT))).rejects.toThrow('AUTH_SECRET is not the one');
  } finally {
    for (const server of servers) await dispose(server);
    await postgres.stop();
    for (const folder of [home, elsewhere]) rmSync(folder, { recursive: true, force: true });
  }
});

test('a data folder whose secret is gone is not given another one', async () => {
  test.setTimeout(120_000);
  const first = await startServer();
  await first.stop();
  const file = join(first.home, 'auth-secret');
  const kept = readFileSync(file);
  rmSync(file);
  const env = { GAIT_HOME: first.home, PORT: String(await freePort()) };
  const sentence = new RegExp(`^The secret of this database is missing: ${file} is not there\\. [^\\n]*\\n$`);
  const command = await runGait(['token', 'list'], env);
  expect(command).toMatchObject({ code: 3, stderr: expect.stringMatching(sentence) });
  await expect(startServer({ home: first.home })).rejects.toThrow('The secret of this database is missing');
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, kept, { mode: 0o600 });
  await dispose(await startServer({ home: first.home }));
});
