import { keepDigest } from '@/lib/outbox/mutations/digest';
import type { Clock } from '@/lib/platform/clock';
import { clockTrouble } from '@/lib/platform/clock-watch';
import type { Ctx } from '@/lib/platform/ctx';
import { keepDue } from '@/lib/platform/due-list';
import { newId } from '@/lib/platform/ids';
import { type Repeating, repeat } from '@/lib/platform/repeat';
import { findDueReports } from './data/due';
import { freezeReports } from './mutations/freeze';

/** How often a process looks whether some report is due, in ms. */
const LOOK_EVERY_MS = 5_000;

/**
 * Freezes the reports that are due, and writes down the digests that are; neither while the time is in doubt.
 * @returns of how many organisations they were looked at
 */
export async function keepDueReports(clock: Clock): Promise<number> {
  if (await clockTrouble(clock)) return 0;
  return keepDue('report_due', clock, async (orgId) => {
    const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'Gait' }, clock, requestId: newId() };
    const { due } = await findDueReports(orgId, clock.now());
    await freezeReports(ctx, due, { isSent: true });
    const nextDigest = await keepDigest(orgId, clock.now());
    // Anew: what failed has its next try, and what came due in a long run is frozen at the next look.
    const { nextAt } = await findDueReports(orgId, clock.now());
    return new Date(Math.min(Number(nextAt), Number(nextDigest)));
  });
}

/** Runs in every server process until stopped; several share the work. */
export function startReportKeeper(clock: Clock): Repeating {
  return repeat(LOOK_EVERY_MS, 'the report keeper', () => keepDueReports(clock));
}
