import type { Clock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { keepDue } from '@/lib/platform/due-list';
import { newId } from '@/lib/platform/ids';
import { type Repeating, repeat } from '@/lib/platform/repeat';
import { findDueReports } from './data/due';
import { freezeReports } from './mutations/freeze';
import { sendDeliveries } from './mutations/send';

/** How often a process looks whether some report is due, in ms. */
const LOOK_EVERY_MS = 5_000;

/** Freezes the reports that are due. @returns of how many organisations they were looked at */
export function keepDueReports(clock: Clock): Promise<number> {
  return keepDue('report_due', clock, async (orgId) => {
    const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'Gait' }, clock, requestId: newId() };
    const { due } = await findDueReports(orgId, clock.now());
    await freezeReports(ctx, due, { isSent: true });
    // Anew: what failed has its next try, and a long run may have passed the next hour.
    return (await findDueReports(orgId, clock.now())).nextAt;
  });
}

/** Sends the reports that wait to be sent. @returns of how many organisations */
export function sendDueDeliveries(clock: Clock): Promise<number> {
  return keepDue('delivery_due', clock, (orgId) => sendDeliveries(orgId, clock));
}

/** Runs in every server process until stopped; several share the work. */
export function startReportKeeper(clock: Clock): Repeating {
  return repeat(LOOK_EVERY_MS, 'the report keeper', async () => {
    await keepDueReports(clock);
    await sendDueDeliveries(clock);
  });
}
