import { plural } from '@/components/ui/numbers';
import type { LaneCell } from '@/lib/lanes/types';

/** "Payments: 2 of 9 lanes run, 4 walk." */
export function headlineOfTeam(name: string, lanes: readonly LaneCell[]): string {
  if (lanes.length === 0) return `${name} has no lane yet.`;
  const [only, ...others] = lanes;
  if (only && others.length === 0) return `${name}: its one lane is in ${only.gear}.`;
  const running = lanes.filter(({ gear }) => gear === 'run').length;
  const walking = lanes.filter(({ gear }) => gear === 'walk').length;
  return `${name}: ${running} of ${plural(lanes.length, 'lane')} ${running === 1 ? 'runs' : 'run'}, ${walking} ${walking === 1 ? 'walks' : 'walk'}.`;
}

/** Sums of counts over a team's lanes. */
export function countsOfTeam(lanes: readonly LaneCell[]) {
  const sum = (pick: (lane: LaneCell) => number) => lanes.reduce((total, lane) => total + pick(lane), 0);
  return {
    decided: sum(({ counts }) => counts.decided),
    reviewed: sum(({ counts }) => counts.reviewed),
    counted: sum(({ counts }) => counts.matured + counts.pending),
    merged: sum(({ counts }) => counts.merged),
    hasty: sum(({ counts }) => counts.hasty),
  };
}
