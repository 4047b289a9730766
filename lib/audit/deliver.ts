import { open } from 'node:fs/promises';
import { readCheckpoint } from '@/lib/domain/audit/checkpoint';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { AppError, isAppError, messageOf } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';
import { type SafeFetch, safeFetch } from '@/lib/platform/safe-fetch';
import { lossesOf, notLost } from './known-heads';

/** How many checkpoints leave at a time. */
const FILE_BATCH = 1_000;
const WEBHOOK_BATCH = 20;
/** How long a webhook that failed is left alone, in ms: at first, and at most. */
const RETRY_MS = 30_000;
const RETRY_MAX_MS = 3_600_000;

async function undelivered(orgId: OrgId, after: bigint, limit: number) {
  return inOrg(orgId, async (tx) =>
    tx.auditCheckpoint.findMany({
      where: { orgId, size: { gt: after }, ...notLost(await lossesOf(tx, orgId)) },
      orderBy: { size: 'asc' },
      take: limit,
      select: { size: true, note: true },
    }),
  );
}

/** Appends what is new to AUDIT_CHECKPOINT_FILE. A crash in between repeats a checkpoint, which does no harm. */
export async function deliverToFile(orgId: OrgId, now: Date): Promise<void> {
  const { AUDIT_CHECKPOINT_FILE: file } = env();
  if (file === undefined) return;
  const keeping = await inOrg(orgId, (tx) => tx.auditKeeping.findUnique({ where: { orgId } }));
  const notes = await undelivered(orgId, keeping?.fileSize ?? 0n, FILE_BATCH);
  const last = notes.at(-1);
  if (last === undefined) return;
  let fileError: string | null = null;
  try {
    await appendWhole(file, Buffer.from(notes.map(({ note }) => `${note}\n`).join('')));
  } catch (error) {
    fileError = messageOf(error);
    logger().error({ err: error, file }, 'checkpoints of the audit log cannot be appended to the file');
  }
  await inOrg(orgId, (tx) =>
    tx.auditKeeping.update({
      where: { orgId },
      data: fileError === null ? { fileSize: last.size, fileSentAt: now, fileError } : { fileError },
    }),
  );
}

/** Whole or not at all: a disk that becomes full takes a part of it first, which goes again unless somebody has written after it. */
async function appendWhole(file: string, bytes: Buffer): Promise<void> {
  const out = await open(file, 'a', 0o600);
  try {
    const { size } = await out.stat();
    let written = 0;
    try {
      while (written < bytes.length) written += (await out.write(bytes, written)).bytesWritten;
      await out.datasync();
    } catch (error) {
      if ((await out.stat()).size === size + written) await out.truncate(size);
      throw error;
    }
  } finally {
    await out.close();
  }
}

/**
 * Sends what is new to the organisation's webhook, oldest first, each as the note itself. What failed is tried again, ever more
 * seldom. @returns when to try next; null when nothing waits
 */
export async function deliverToWebhook(
  orgId: OrgId,
  now: Date,
  testing?: SafeFetch['testing'],
): Promise<Date | null> {
  const keeping = await inOrg(orgId, (tx) => tx.auditKeeping.findUnique({ where: { orgId } }));
  const url = keeping?.webhookUrl;
  if (!keeping || !url) return null;
  const notes = await undelivered(orgId, keeping.webhookSize, WEBHOOK_BATCH);
  if (notes.length === 0) return null;
  if (keeping.webhookNextAt !== null && keeping.webhookNextAt > now) return keeping.webhookNextAt;
  let webhookSize = keeping.webhookSize;
  let failure: string | null = null;
  for (const { size, note } of notes) {
    failure = await sent(url, note, testing);
    if (failure !== null) break;
    webhookSize = size;
  }
  const hasArrived = webhookSize > keeping.webhookSize ? { webhookSize, webhookSentAt: now } : {};
  const webhookFailures = failure === null ? 0 : keeping.webhookFailures + 1;
  const wait = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** (webhookFailures - 1));
  const webhookNextAt = failure === null ? null : new Date(now.getTime() + wait);
  // Only while it is still the same address: somebody may have set another meanwhile.
  await inOrg(orgId, (tx) =>
    tx.auditKeeping.updateMany({
      where: { orgId, webhookUrl: url },
      data: { ...hasArrived, webhookFailures, webhookError: failure, webhookNextAt },
    }),
  );
  return webhookNextAt ?? (notes.length === WEBHOOK_BATCH ? now : null);
}

/** @returns why it did not arrive; null when it did */
async function sent(url: string, note: string, testing?: SafeFetch['testing']): Promise<string | null> {
  const log = readCheckpoint(note)?.origin ?? '';
  try {
    const { status } = await safeFetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8', 'gait-log': log },
      body: note,
      maxBytes: 64_000,
      ...(testing && { testing }),
    });
    if (status >= 200 && status < 300) return null;
    throw new AppError('unavailable', `It answered with status ${status}.`);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.message;
  }
}
