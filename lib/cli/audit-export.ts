import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { signCheckpoint } from '@/lib/audit/checkpoint';
import { exportRecord } from '@/lib/audit/data/export';
import { alarmTitle, explainAlarm } from '@/lib/domain/audit/alarm';
import type { Ctx } from '@/lib/platform/ctx';
import { AppError, isAppError, messageOf, systemCode } from '@/lib/platform/errors';

/** Writes the record of the organisation, signed up to its end where the key is at hand. */
export async function exportAudit(
  { orgId, clock }: Ctx,
  file: string,
): Promise<{ entries: number; checkpoints: number }> {
  try {
    const { alarm } = await signCheckpoint(orgId, clock, 0);
    if (alarm !== null)
      process.stderr.write(`${alarmTitle(alarm)}: nothing is signed. ${explainAlarm(alarm)}\n`);
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`The newest entries are not signed yet: ${error.message}\n`);
  }
  const count = { entries: 0, checkpoints: 0 };
  const out = createWriteStream(file, { mode: 0o600 });
  const done = finished(out);
  // It may fail while something else is waited for; who waits for it hears so.
  done.catch(() => {});
  try {
    await Promise.race([once(out, 'open'), done]);
    for await (const line of exportRecord(orgId)) {
      if (line.startsWith('{"entry"')) count.entries += 1;
      if (line.startsWith('{"checkpoint"')) count.checkpoints += 1;
      if (!out.write(`${line}\n`)) await Promise.race([once(out, 'drain'), done]);
    }
    out.end();
    await done;
    return count;
  } catch (error) {
    out.destroy();
    await done.catch(() => {});
    if (systemCode(error) === undefined) throw error;
    throw new AppError('unavailable', `${file} cannot be written: ${messageOf(error)}.`, { cause: error });
  }
}
