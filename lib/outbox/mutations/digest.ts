import { latestDigest, nextDigest } from '@/lib/domain/notice/hours';
import { DEFAULT_SCHEDULE } from '@/lib/domain/report/plan';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { waitingNow } from '../data/waiting-now';
import { addDeliveries } from './enqueue';

/** A morning's digest that could not be written down for so long is left out: in the afternoon nobody wants it. */
const TOO_LATE_MS = 6 * 3_600_000;

/** Writes down the digest of the morning, once, if something waits. @returns when the next one is due */
export async function keepDigest(orgId: OrgId, now: Date): Promise<Date> {
  return inOrg(orgId, async (tx) => {
    const where = { orgId_team: { orgId, team: '' } };
    const schedule = (await tx.reportSchedule.findUnique({ where })) ?? DEFAULT_SCHEDULE;
    const { day, at } = latestDigest(now.getTime(), schedule);
    if (now.getTime() - at < TOO_LATE_MS) {
      const waiting = await waitingNow(tx, orgId, now);
      const teams = ['', ...new Set(waiting.map(({ team }) => team.slug))];
      if (waiting.length > 0) await addDeliveries(tx, orgId, [{ kind: 'digest', key: day, teams }], now);
    }
    return new Date(nextDigest(now.getTime(), schedule));
  });
}
