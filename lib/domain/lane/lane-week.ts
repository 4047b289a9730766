import type { Gear } from '../gear';

const DAY_MS = 86_400_000;

/** A lane's week: the point of its chart and the counts of its rates. `week` is its Monday, 00:00 UTC, in ms. */
export type LaneWeek = {
  week: number;
  decided: number;
  reviewed: number;
  merged: number;
  hasty: number;
  /** Decayed sum of scores and of counts at the week's last event (half-life 60 days). */
  scores: number;
  weight: number;
  proven: number | null;
  gear: Gear;
};

/** How many weeks the map's spark shows. */
export const SPARK_WEEKS = 12;

/** The Monday, 00:00 UTC, of the week that an instant lies in. 1970-01-01 was a Thursday. */
export function weekOf(at: number): number {
  const day = Math.floor(at / DAY_MS);
  return (day - ((((day + 3) % 7) + 7) % 7)) * DAY_MS;
}
