import type { Position } from './lane-entry';
import { enteredAt, epochAt } from './task-record';

/** How a task stands in its lane's evidence; `at` (ISO) is when it matures, where that is still to come. */
export type Standing = { kind: 'counted' | 'maturing' | 'older_epoch' | 'none'; at: string | null };

/** News as it was written down: severity null = a revert. */
type Charged = { at: number; key: string; severity: string | null };

/** A task as it was decided, and the news that came later, oldest first. */
type Observed = { ref: string; at: number; score: number | null; charges: readonly Charged[] };

/** @param now ms since 1970 */
export function standingOf(
  task: Observed,
  epochStarts: readonly Position[],
  maturityDays: number,
  now: number,
): Standing {
  const entered = enteredAt(task.ref, task, task.charges[0]);
  if (entered === null) return { kind: 'none', at: null };
  if (epochAt(entered, epochStarts) <= epochStarts.length) return { kind: 'older_epoch', at: null };
  const maturesAt = entered.at + maturityDays * 86_400_000;
  return maturesAt > now
    ? { kind: 'maturing', at: new Date(maturesAt).toISOString() }
    : { kind: 'counted', at: null };
}

const WITH_ZERO: Readonly<Record<Standing['kind'], string>> = {
  counted: 'It counts as 0.',
  maturing: 'Once it has matured, it counts as 0.',
  older_epoch: 'It is worth 0, in an epoch that has ended.',
  none: 'It is worth 0.',
};

/** Why a task is worth 0 whatever its reviews said, and what that means for its lane; empty when nothing is charged to it. */
export function explainCharges(charges: readonly Charged[], { kind }: Standing): string {
  if (charges.length === 0) return '';
  const isReverted = charges.some(({ severity }) => severity === null);
  const incidents = charges.filter(({ severity }) => severity !== null).length;
  const news = [
    ...(isReverted ? ['it was reverted'] : []),
    ...(incidents > 0
      ? [incidents === 1 ? 'an incident is charged to it' : `${incidents} incidents are charged to it`]
      : []),
  ].join(' and ');
  return `${news.charAt(0).toUpperCase()}${news.slice(1)}. ${WITH_ZERO[kind]}`;
}
