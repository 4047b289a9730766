import { isAbove } from '../gear';
import { plural } from '../plural';
import type { GearCounts, ReportContent } from './content';

const list = new Intl.ListFormat('en-GB');

/** Beyond so many, names are no answer. */
const NAMED = 3;

/** What a report answers its one question with. */
export type Facts = Omit<ReportContent, 'answer' | 'actions'>;

/** "Payments: 3 of 10 lanes run, 3 walk. This week Docs moved up to run; Bug fixes waits for a decision." */
export function answerOf(facts: Facts): string {
  const { organisation, team, gears, lanes } = facts;
  const name = (team ?? organisation).name;
  if (lanes.length === 0) return `${name} has no evidence yet.`;
  return `${name}: ${gearsInWords(gears)}. ${weekInWords(facts)}`;
}

/** "3 of 10 lanes run, 3 walk" */
export function gearsInWords({ crawl, walk, run }: GearCounts): string {
  const all = crawl + walk + run;
  return `${run} of ${plural(all, 'lane')} ${run === 1 ? 'runs' : 'run'}, ${walk} ${walk === 1 ? 'walks' : 'walk'}`;
}

function weekInWords(facts: Facts): string {
  const { moves, waiting } = facts;
  const up = moves.filter(({ from, to }) => isAbove(to, from));
  const down = moves.filter(({ from, to }) => isAbove(from, to));
  const parts = [
    ...(up.length > 0 ? [`${lanesInWords(up, facts)} moved up`] : []),
    ...(down.length > 0 ? [`${lanesInWords(down, facts)} fell`] : []),
  ];
  const lost = facts.lanes.filter(
    ({ gear, before, proven }) => gear === before.gear && (proven ?? 0) < (before.proven ?? 0),
  );
  const levels = lost.length > 0 ? `, but ${plural(lost.length, 'proven level')} fell` : '';
  const moved = parts.length > 0 ? `This week ${list.format(parts)}` : `No gear changed this week${levels}`;
  if (waiting.length === 0) return `${moved}; nothing waits for a decision.`;
  return `${moved}; ${lanesInWords(waiting, facts)} ${waiting.length === 1 ? 'waits' : 'wait'} for a decision.`;
}

type Place = ReportContent['waiting'][number] | ReportContent['moves'][number];

function lanesInWords(places: readonly Place[], { team }: Facts): string {
  const names = [...new Set(places.map((place) => laneName(place, team !== null)))];
  return names.length > NAMED ? plural(names.length, 'lane') : list.format(names);
}

/** A lane within a report: of a team's own, the kind of work alone. */
export function laneName({ team, category }: Pick<Place, 'team' | 'category'>, isTeamKnown: boolean): string {
  return isTeamKnown ? category.name : `${team.name} · ${category.name}`;
}
