import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { dispose, freePort, isAlive, runGait, startServer, temporaryHome } from './fixtures/server';

/** How Gait starts, refuses to start, survives and stops: real processes, without a browser. */

const postmasterPid = (home: string): number =>
  Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

test('a second start on the same folder names the first; stopping leaves the folder in order', async () => {
  const server = await startServer();
  const second = await runGait(['start'], { GAIT_HOME: server.home, PORT: String(await freePort()) });
  expect(second.code).toBe(3);
  expect(second.stderr).toMatch(
    new RegExp(
      `^Gait is already running on this folder: process ${server.pid} \\(npm start, since \\d\\d:\\d\\d\\), at ${server.url}\\. Stop it first, or set GAIT_HOME to another folder\\.\n$`,
    ),
  );
  const migrated = await runGait(['migrate', '--json'], { GAIT_HOME: server.home });
  expect(JSON.parse(migrated.stdout)).toEqual({ applied: [] });
  expect((await server.stop()).code).toBe(0);
  for (const file of ['gait.lock', 'run.json', 'postgres/postmaster.pid'])
    expect(existsSync(join(server.home, file))).toBe(false);
  await dispose(server);
});

test('after kill -9 the next start takes over and keeps everything, whatever letters the folder has', async () => {
  const around = temporaryHome();
  const first = await startServer({ home: join(around, "Anna's Büro ☃") });
  const orphan = postmasterPid(first.home);
  await first.kill9();
  expect(isAlive(orphan)).toBe(true);
  const again = await startServer({ home: first.home });
  expect(postmasterPid(again.home)).not.toBe(orphan);
  expect(again.output()).toContain('Stopping the PostgreSQL that an earlier Gait left running.');
  expect(again.output()).not.toContain('Applying');
  await dispose(again);
  rmSync(around, { recursive: true });
});

test('a port that is taken is said at once, and nothing is left running', async () => {
  const home = temporaryHome();
  const other = createServer((_request, response) => response.end());
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, resolve));
  for (const [kind, command] of [
    ['start', 'npm start'],
    ['demo', 'npm run demo'],
  ] as const) {
    const refused = await runGait([kind], { GAIT_HOME: home, PORT: String(port) });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toBe(
      `Port ${port} is already in use by another program. Set PORT to a free one, such as PORT=${port + 1} ${command}.\n`,
    );
  }
  expect(existsSync(join(home, 'postgres'))).toBe(false);
  expect(existsSync(join(home, 'gait.lock'))).toBe(false);
  await new Promise((resolve) => other.close(resolve));
  rmSync(home, { recursive: true });
});

test('a folder that cannot be written is said in one sentence', async () => {
  const home = temporaryHome();
  const file = join(home, 'file');
  writeFileSync(file, '');
  const inTheWay = await runGait(['start'], { GAIT_HOME: join(file, 'data') });
  expect(inTheWay).toMatchObject({
    code: 3,
    stderr: `Gait cannot keep its data in ${join(file, 'data')}: a file is in the way. Make the folder writable, or set GAIT_HOME to another one.\n`,
  });
  const isFile = await runGait(['token', 'list'], { GAIT_HOME: file });
  expect(isFile).toMatchObject({
    code: 3,
    stderr: `Gait cannot keep its data in ${file}: it is a file. Set GAIT_HOME to a folder.\n`,
  });
  const locked = join(home, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o500);
  if (process.getuid?.() !== 0) {
    const refused = await runGait(['start'], { GAIT_HOME: join(locked, 'data') });
    expect(refused.stderr).toContain('you may not write there');
  }
  rmSync(home, { recursive: true });
});

test('a bad setting or an unknown command is said in one sentence', async () => {
  const bad = await runGait(['start'], { PORT: 'http' });
  expect(bad).toMatchObject({ code: 3, stderr: 'PORT must be a whole number from 1 to 65535.\n' });
  const unreachable = await runGait(['migrate'], { DATABASE_URL: 'mysql://host/gait' });
  expect(unreachable.stderr).toBe(
    'DATABASE_URL must be an address such as postgresql://user:password@host:5432/gait.\n',
  );
  expect((await runGait(['fly'])).code).toBe(2);
  expect((await runGait(['--help'])).code).toBe(0);
});

test('a database that is killed comes back under the running server', async () => {
  const server = await startServer();
  const before = postmasterPid(server.home);
  process.kill(before, 'SIGKILL');
  await expect
    .poll(
      () =>
        existsSync(join(server.home, 'postgres', 'postmaster.pid')) && postmasterPid(server.home) !== before,
      { timeout: 15_000 },
    )
    .toBe(true);
  const migrated = await runGait(['migrate', '--json'], { GAIT_HOME: server.home });
  expect(migrated.code).toBe(0);
  expect((await fetch(`${server.url}/api/health/live`)).status).toBe(200);
  await dispose(server);
});

test('under root, a folder that PostgreSQL may not enter gets its data elsewhere, and says so', async () => {
  test.skip(process.getuid?.() !== 0, 'only root has this');
  const home = temporaryHome();
  chmodSync(home, 0o700);
  const inside = join(home, 'data');
  const server = await startServer({ home: inside });
  const told = /cannot enter .*: keeping the database in (\/var\/lib\/gait\/[0-9a-f]{16}\/postgres)\./.exec(
    server.output(),
  );
  expect(told).not.toBeNull();
  await server.stop();
  const again = await startServer({ home: inside });
  expect(again.output()).not.toContain('Applying');
  await again.stop();
  const elsewhere = told?.[1]?.replace(/\/postgres$/, '') ?? '';
  expect(elsewhere).not.toBe('');
  execFileSync('rm', ['-rf', elsewhere, home]);
});
