import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LoadJob, LoadResult } from './job';

const run = promisify(execFile);

export function newSource(): string {
  return `bench:${randomBytes(6).toString('hex')}`;
}

/** Puts load on a server from another process, and waits for what it measured. */
export async function putLoad(job: Omit<LoadJob, 'source'>): Promise<LoadResult> {
  const client = fileURLToPath(new URL('./client.mjs', import.meta.url));
  const full: LoadJob = { ...job, source: newSource() };
  const { stdout } = await run(process.execPath, [client, JSON.stringify(full)]);
  return JSON.parse(stdout) as LoadResult;
}
