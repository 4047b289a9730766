import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, readCheckpoint } from '@/lib/domain/audit/checkpoint';
import type { OrgId } from '@/lib/platform/ctx';
import { env } from '@/lib/platform/env';
import { systemCode } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';

/** The server's bundle and the launcher's meet on the global object. */
const KEY = Symbol.for('gait.audit.signed');
const holder = globalThis as typeof globalThis & { [KEY]?: Map<OrgId, string> };

function signedHere(): Map<OrgId, string> {
  holder[KEY] ??= new Map();
  return holder[KEY];
}

/** Where the latest checkpoint of each log is kept beside the database; null where this process has no data folder. */
function folder(): string | null {
  const { GAIT_HOME } = env();
  return GAIT_HOME === undefined ? null : join(GAIT_HOME, 'audit-checkpoints');
}

/** The largest checkpoints that this process, and whoever used its data folder, has signed. */
export async function remembered(
  orgId: OrgId,
): Promise<{ memory: Checkpoint | null; folder: Checkpoint | null }> {
  const note = signedHere().get(orgId);
  return { memory: note === undefined ? null : readCheckpoint(note), folder: await inFolder(orgId) };
}

async function inFolder(orgId: OrgId): Promise<Checkpoint | null> {
  const path = folder();
  if (path === null) return null;
  try {
    return readCheckpoint(await readFile(join(path, orgId), 'utf8'));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT')
      logger().warn(
        { err: error },
        'The audit log cannot be compared with the checkpoint in the data folder.',
      );
    return null;
  }
}

/** Remembers a checkpoint, in this process and in its data folder, unless a later one is known. */
export async function remember(orgId: OrgId, note: string): Promise<void> {
  const checkpoint = readCheckpoint(note);
  const known = await remembered(orgId);
  if (checkpoint === null) return;
  if (isLater(checkpoint, known.memory)) signedHere().set(orgId, note);
  const path = folder();
  if (path === null || !isLater(checkpoint, known.folder)) return;
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const draft = join(path, `.${orgId}.${process.pid}`);
    await writeFile(draft, note, { mode: 0o600, flush: true });
    await rename(draft, join(path, orgId));
  } catch (error) {
    logger().warn(
      { err: error },
      'The latest checkpoint of the audit log cannot be kept in the data folder.',
    );
  }
}

function isLater({ size, losses }: Checkpoint, known: Checkpoint | null): boolean {
  return known === null || losses > known.losses || (losses === known.losses && size > known.size);
}
