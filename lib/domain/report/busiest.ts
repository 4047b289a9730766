import type { ReportTeam } from './content';

/** Where there are too many teams to tell of: those that decided most in the week, in the order of the report. */
export function busiest(teams: readonly ReportTeam[], most: number): ReportTeam[] {
  const chosen = new Set(teams.toSorted((a, b) => b.week.decided - a.week.decided).slice(0, most));
  return teams.filter((team) => chosen.has(team));
}
