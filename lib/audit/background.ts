import type { Clock } from '@/lib/platform/clock';
import { clockTrouble } from '@/lib/platform/clock-watch';
import { keepDue } from '@/lib/platform/due-list';
import { type Repeating, repeat } from '@/lib/platform/repeat';
import type { SafeFetch } from '@/lib/platform/safe-fetch';
import { keepAudit } from './keep';

/** How often a process looks whether some record is due, in ms. */
const LOOK_EVERY_MS = 2_000;

/** Looks after all records that are due, but not while the time is in doubt. @returns how many */
export async function keepDueAudits(clock: Clock, testing?: SafeFetch['testing']): Promise<number> {
  if (await clockTrouble(clock)) return 0;
  return keepDue('audit_due', clock, (orgId) => keepAudit(orgId, clock, testing));
}

/** Runs in every server process until stopped; several share the work. */
export function startAuditKeeper(clock: Clock): Repeating {
  return repeat(LOOK_EVERY_MS, 'the audit keeper', () => keepDueAudits(clock));
}
