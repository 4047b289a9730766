import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyFile } from '@/lib/cli/audit-verify';
import { aRecordFile } from '@/lib/domain/audit/testing/record-file';
import { figure, type Section } from '../figures';
import { median, readable } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';

const ENTRIES = 100_000;
/** A busy organisation: a checkpoint a minute, with a few dozen deeds in it. */
const CHECKPOINT_EVERY = 50;

/** Processor time and not the clock's: one core is what is asked about, and neighbours may hold it for a while. */
async function cpuSecondsOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Leaves nothing behind in memory that the garbage collector would have to look at while it is measured. */
function writeRecord(file: string): void {
  const { lines } = aRecordFile({ count: ENTRIES, every: CHECKPOINT_EVERY });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** `gait audit verify` on a file: reading, parsing, canonical form, hashes, tree and signatures. */
export async function benchAudit({ quick }: Options): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'gait-bench-'));
  try {
    const file = join(folder, 'audit.ndjson');
    writeRecord(file);
    const rates: number[] = [];
    for (let round = 0; round < (quick ? 3 : 7); round += 1) {
      const seconds = await cpuSecondsOf(async () => {
        const { ok } = await verifyFile(file, [], []);
        if (!ok) throw new Error('The record does not verify.');
      });
      rates.push(ENTRIES / seconds);
      say(`audit ${round + 1}: ${readable(ENTRIES / seconds)} entries/s`);
    }
    return {
      title: 'Audit log',
      how: `processor time, a file of ${readable(ENTRIES)} entries with a signed checkpoint after every ${CHECKPOINT_EVERY}`,
      figures: [
        figure(
          'Verification of an exported record',
          median(rates),
          'entries/s',
          { least: 50_000 },
          `median of ${rates.length}, worst ${readable(Math.min(...rates))}`,
        ),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
