import { isAbove } from '../gear';
import { lowerFirst } from '../lane/words';
import { plural } from '../plural';
import { type Facts, laneName } from './answer';
import type { Decided, ReportAction, ReportLane } from './content';

const MOST = 3;

/** Below this share of independently reviewed work, from so many tasks on, review is what is missing. */
const ENOUGH_REVIEWED = 0.5;
const ENOUGH_DECIDED = 10;

/** Above this share of tasks without an agent, from so many tasks on, evidence goes lost. */
const MANY_WITHOUT_AGENT = 0.1;

/** The three best next deeds: what waits for people first, then what went wrong, then what is nearest. */
export function actionsOf(facts: Facts): ReportAction[] {
  return [...decisions(facts), ...falls(facts), ...reviews(facts), ...agents(facts), ...nearest(facts)].slice(
    0,
    MOST,
  );
}

function* decisions({ waiting, team }: Facts): Generator<ReportAction> {
  for (const place of waiting.toSorted((a, b) => b.days - a.days)) {
    const waited = place.days === 0 ? 'less than a day' : plural(place.days, 'day');
    const lane = laneName(place, team !== null);
    yield {
      text: `Decide whether ${lane} goes from ${place.from} to ${place.to}: it has waited ${waited}.`,
      place: placeOf(place),
    };
  }
}

function* falls({ moves, lanes, team }: Facts): Generator<ReportAction> {
  const fallen = moves.filter(({ from, to }) => isAbove(from, to));
  for (const move of fallen)
    yield {
      text: `See why ${laneName(move, team !== null)} fell from ${move.from} to ${move.to}.`,
      place: placeOf(move),
    };
  for (const lane of lanes.filter(({ tight }) => tight))
    yield {
      text: `${laneName(lane, team !== null)} is tightened: ${lowerFirst(lane.blocker)}`,
      place: placeOf(lane),
    };
}

function* reviews({ adoption, team, teams }: Facts): Generator<ReportAction> {
  if (team === null)
    for (const each of teams.toSorted((a, b) => b.week.decided - a.week.decided))
      if (isShort(each.week))
        yield {
          text: `Have more of ${each.team.name}’s work reviewed by somebody who did not ask for it: ${each.week.reviewed} of ${plural(each.week.decided, 'decided task')} had such a review.`,
          place: null,
        };
  if (team === null || !isShort(adoption)) return;
  const { decided, reviewed } = adoption;
  yield {
    text: `Have more work reviewed by somebody who did not ask for it: ${reviewed} of ${plural(decided, 'decided task')} had such a review.`,
    place: null,
  };
}

const isShort = ({ decided, reviewed }: Decided): boolean =>
  decided >= ENOUGH_DECIDED && reviewed < decided * ENOUGH_REVIEWED;

function* agents({
  agents: { shadow },
  adoption: { decided, withoutAgent },
  team,
}: Facts): Generator<ReportAction> {
  const [first, ...others] = shadow;
  if (first && team === null) {
    const names =
      others.length === 0 ? first.name : `${first.name} and ${plural(others.length, 'other agent')}`;
    yield {
      text: `Register ${names}: nobody answers for ${others.length === 0 ? 'it' : 'them'} yet.`,
      place: null,
      page: 'agents',
    };
  }
  const all = decided + withoutAgent;
  if (all >= ENOUGH_DECIDED && withoutAgent > all * MANY_WITHOUT_AGENT)
    yield {
      text: `Say which agent did the work: ${withoutAgent} of ${plural(all, 'decided task')} named none.`,
      place: null,
    };
}

function* nearest({ lanes, team }: Facts): Generator<ReportAction> {
  const within = lanes.filter(
    (lane): lane is ReportLane & { cleanNeeded: number } =>
      lane.cleanNeeded !== null && lane.cleanNeeded > 0 && lane.blocker !== '' && !lane.tight,
  );
  for (const lane of within.toSorted((a, b) => a.cleanNeeded - b.cleanNeeded))
    yield {
      text: `Go on with ${laneName(lane, team !== null)}: ${lowerFirst(lane.blocker)}`,
      place: placeOf(lane),
    };
}

function placeOf({ team, category }: NonNullable<ReportAction['place']>): ReportAction['place'] {
  return { team, category };
}
