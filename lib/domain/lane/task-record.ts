import { OUTCOME_SCORES, REVERT_CHARGE, SEVERITY_CHARGES } from '../trust/severity';
import type { TaskRecord } from '../trust/trust-event';
import { type ChargeEntry, comparePositions, type LateNews, type Position } from './lane-entry';

const DAY_MS = 86_400_000;

/** Milliseconds since 1970 as days, the engine's unit. */
export function dayOf(at: number): number {
  return at / DAY_MS;
}

function chargeFor(news: LateNews): { extra: number; loss: number } {
  return news.severity === null ? REVERT_CHARGE : SEVERITY_CHARGES[news.severity];
}

/** The epoch that something at this place of the lane belongs to: 1, and one more for each start before it. */
export function epochAt(position: Position, epochStarts: readonly Position[]): number {
  return 1 + epochStarts.filter((start) => comparePositions(start, position) < 0).length;
}

/**
 * Where a task entered its lane's evidence: with its observation, or, if that was none, with the first charge, at score 0.
 * Null when it never did.
 */
export function enteredAt(
  ref: string,
  task: { at: number; score: number | null },
  firstCharge: Pick<LateNews, 'at' | 'key'> | undefined,
): Position | null {
  if (task.score !== null) return { at: task.at, rank: 0, key: ref };
  return firstCharge ? { at: firstCharge.at, rank: 1, key: `${ref}\u0001${firstCharge.key}` } : null;
}

/**
 * How a matured task stood just before a charge: rebuilt from its observation, the earlier charges and the
 * epochs' starts, so that nobody has to keep a changing row per task.
 */
export function recordBefore(entry: ChargeEntry, epochStarts: readonly Position[]): TaskRecord {
  const { task, earlier, ref } = entry;
  const entered = enteredAt(ref, task, earlier[0]) ?? { at: task.at, rank: 0, key: ref };
  const score = task.score ?? OUTCOME_SCORES.rejected;
  const charges = earlier.map(chargeFor);
  return {
    task: ref,
    reviewedAt: dayOf(entered.at),
    x: charges.length > 0 ? 0 : score,
    extra: Math.max(0, ...charges.map((charge) => charge.extra)),
    loss: Math.max(task.score === null ? 0 : 1 - score, ...charges.map((charge) => charge.loss)),
    epoch: epochAt(entered, epochStarts),
    matured: true,
  };
}
