import { lowerFirst } from './words';

/** What a team's row needs to know of each of its lanes. */
export type BlockedLane = {
  categoryName: string;
  verdict: string;
  tight: boolean;
  stale: boolean;
  blocker: string;
  /** Clean reviews still needed for the next gear; null when out of reach or at the top. */
  cleanNeeded: number | null;
  decided: number;
  reviewed: number;
};

/** Below this share of independently reviewed work, review is what holds a team back; from this many tasks on. */
const ENOUGH_REVIEWED = 0.5;
const ENOUGH_DECIDED = 20;

/** The one sentence that says what stops a team: what is wrong first, then what is nearest. */
export function teamBlocker(lanes: readonly BlockedLane[]): string {
  const tight = lanes.find((lane) => lane.tight);
  if (tight) return `${tight.categoryName}: ${lowerFirst(tight.blocker)}`;
  const decided = lanes.reduce((sum, lane) => sum + lane.decided, 0);
  const reviewed = lanes.reduce((sum, lane) => sum + lane.reviewed, 0);
  if (decided >= ENOUGH_DECIDED && reviewed < decided * ENOUGH_REVIEWED) {
    return `Only ${Math.round((100 * reviewed) / decided)} % of ${decided.toLocaleString('en')} decided tasks were independently reviewed.`;
  }
  const stale = lanes.find((lane) => lane.stale);
  if (stale) return `${stale.categoryName}: too little recent evidence for its gear.`;
  const [nearest] = lanes
    .filter((lane) => lane.cleanNeeded !== null && lane.blocker !== '')
    .sort((a, b) => (a.cleanNeeded ?? 0) - (b.cleanNeeded ?? 0));
  if (nearest) return `${nearest.categoryName}: ${lowerFirst(nearest.blocker)}`;
  const waiting = lanes.filter((lane) => lane.verdict === 'promote').length;
  if (waiting > 0)
    return `Nothing: ${waiting === 1 ? 'one lane waits' : `${waiting} lanes wait`} for your decision.`;
  return lanes.length === 0
    ? 'No evidence yet.'
    : 'Nothing within reach: every lane is at its top or far from the next gear.';
}
