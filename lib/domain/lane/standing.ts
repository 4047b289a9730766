import type { Position } from './lane-entry';
import { epochAt } from './task-record';

/** How a task stands in its lane's evidence; `at` (ISO) is when it matures, where that is still to come. */
export type Standing = { kind: 'counted' | 'maturing' | 'older_epoch' | 'none'; at: string | null };

type Observed = { ref: string; at: number; score: number | null };

/** @param now ms since 1970 */
export function standingOf(
  { ref, at, score }: Observed,
  epochStarts: readonly Position[],
  maturityDays: number,
  now: number,
): Standing {
  if (score === null) return { kind: 'none', at: null };
  if (epochAt({ at, rank: 0, key: ref }, epochStarts) <= epochStarts.length)
    return { kind: 'older_epoch', at: null };
  const maturesAt = at + maturityDays * 86_400_000;
  return maturesAt > now
    ? { kind: 'maturing', at: new Date(maturesAt).toISOString() }
    : { kind: 'counted', at: null };
}
