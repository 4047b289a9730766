import type { Clock } from '@/lib/platform/clock';
import { keepDue } from '@/lib/platform/due-list';
import { type Repeating, repeat } from '@/lib/platform/repeat';
import { sendDeliveries } from './mutations/send';

/** How often a process looks whether something is to be sent, in ms: an alert is on its way within that. */
const LOOK_EVERY_MS = 2_000;

/** Sends what waits to be sent. @returns of how many organisations */
export function sendDueDeliveries(clock: Clock): Promise<number> {
  return keepDue('delivery_due', clock, (orgId) => sendDeliveries(orgId, clock));
}

/** Runs in every server process until stopped; several share the work. */
export function startSender(clock: Clock): Repeating {
  return repeat(LOOK_EVERY_MS, 'the sender', () => sendDueDeliveries(clock));
}
