import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, node } from '@/e2e/fixtures/server';
import { projectRoot } from '@/lib/platform/root';

export type BareNext = { url: string; pid: number; end(): Promise<void> };

const readyMilliseconds = 30_000;

/** The bare app, on the same database, with as many connections. */
export async function startBareNext(
  databaseUrl: string,
  poolSize: number,
  env: Record<string, string> = {},
): Promise<BareNext> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const next = join(projectRoot(), 'node_modules', 'next', 'dist', 'bin', 'next');
  const child: ChildProcess = spawn(node, [next, 'start', '-p', String(port)], {
    cwd: join(projectRoot(), 'bench', 'bare-next'),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(poolSize),
      ...env,
    },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const giveUpAt = performance.now() + readyMilliseconds;
  const answers = () =>
    fetch(url).then(
      (response) => response.ok,
      () => false,
    );
  while (!(await answers())) {
    if (performance.now() > giveUpAt || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error('The bare Next app did not start.');
    }
    await sleep(50);
  }
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, pid: child.pid ?? 0, end };
}

/** Gait's own columns with a primary key, and nothing else: no other index, no row-level security, no trigger. */
export const bareTable = `
  CREATE SCHEMA IF NOT EXISTS bench;
  CREATE TABLE IF NOT EXISTS bench.event (LIKE public.event, PRIMARY KEY (source, id));`;
