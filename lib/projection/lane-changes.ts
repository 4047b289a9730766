import type { PlacedTask } from './fold-tasks';
import type { Standing } from './task-store';

/** The lanes that changed, each with the earliest instant (ms) that did. Keys are `team/category`. */
export type LaneChanges = Map<string, { team: string; category: string; from: number }>;

/** Notes what differs between how a task stood in its lane and how it stands now. */
export function noteChanges(changes: LaneChanges, before: Standing | undefined, now: PlacedTask): void {
  const old = before?.observation ?? null;
  const { observation, charges, team, category } = now;
  const isMoved = old !== null && (old.team !== team.slug || old.category !== category);
  const isSame = old !== null && !isMoved && observation !== null && isSameObservation(old, observation);

  if (old && !isSame) noteLane(changes, old.team, old.category, old.at);
  if (observation && !isSame) noteLane(changes, team.slug, category, observation.at);
  if (!isSame || !before) return;
  for (const at of changedCharges(before.charges, charges)) noteLane(changes, team.slug, category, at);
}

export function noteLane(changes: LaneChanges, team: string, category: string, from: number): void {
  const key = `${team}/${category}`;
  const known = changes.get(key);
  changes.set(key, { team, category, from: Math.min(known?.from ?? from, from) });
}

type Comparable = Pick<
  NonNullable<Standing['observation']>,
  'at' | 'outcome' | 'score' | 'merged' | 'reviewed' | 'hasty'
>;

function isSameObservation(a: Comparable, b: Comparable): boolean {
  return (
    a.at === b.at &&
    a.outcome === b.outcome &&
    a.score === b.score &&
    a.merged === b.merged &&
    a.reviewed === b.reviewed &&
    a.hasty === b.hasty
  );
}

function changedCharges(before: Standing['charges'], now: PlacedTask['charges']): number[] {
  const text = (charge: Standing['charges'][number]) => `${charge.at} ${charge.key} ${charge.severity}`;
  const was = new Set(before.map(text));
  const is = new Set(now.map(text));
  return [
    ...before.filter((charge) => !is.has(text(charge))),
    ...now.filter((charge) => !was.has(text(charge))),
  ].map(({ at }) => at);
}
