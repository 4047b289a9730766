import { isAbove } from '../gear';
import { plural } from '../plural';
import { laneName } from './answer';
import type { LaneStanding, ReportContent, ReportLane } from './content';
import { type Cell, type ReportDocument, type Section, section, text } from './section';
import { provenInWords, scoreInWords } from './standing-words';

/**
 * Two frozen reports of one team, or of the organisation, side by side: what differs between the ends of their weeks, and what was done
 * in each. `earlier` is the report of the earlier week.
 */
export function comparisonOf(earlier: ReportContent, later: ReportContent): ReportDocument {
  const name = (later.team ?? later.organisation).name;
  const pairs = pairsOf(earlier, later);
  const zones =
    earlier.zone === later.zone
      ? []
      : [`${earlier.week} was counted in ${earlier.zone}, ${later.week} in ${later.zone}.`];
  return {
    title: `${name}, ${earlier.week} and ${later.week}`,
    lead: `${name}: ${earlier.week} beside ${later.week}`,
    answer: answerOf(pairs, earlier, later),
    sections: [numbers(earlier, later), lanes(pairs, later)],
    fine: [
      'Gears, levels and scores are those of the ends of the weeks; counts are of what was decided in them. Both reports are frozen.',
      ...zones,
    ],
  };
}

/** A lane in both weeks; null where it had no evidence yet, or has none any more. */
type Pair = { place: ReportLane; was: ReportLane | null; now: ReportLane | null };

function pairsOf(earlier: ReportContent, later: ReportContent): Pair[] {
  const keyOf = ({ team, category }: ReportLane) => `${team.slug}/${category.slug}`;
  const earlierLanes = new Map(earlier.lanes.map((lane) => [keyOf(lane), lane]));
  const after = new Set(later.lanes.map(keyOf));
  return [
    ...later.lanes.map((now) => ({ place: now, was: earlierLanes.get(keyOf(now)) ?? null, now })),
    ...earlier.lanes.filter((was) => !after.has(keyOf(was))).map((was) => ({ place: was, was, now: null })),
  ];
}

function answerOf(pairs: readonly Pair[], earlier: ReportContent, later: ReportContent): string {
  const both = pairs.flatMap(({ was, now }) => (was && now ? [{ was, now }] : []));
  const up = both.filter(({ was, now }) => isAbove(now.gear, was.gear)).length;
  const down = both.filter(({ was, now }) => isAbove(was.gear, now.gear)).length;
  const moved = [
    ...(up > 0 ? [`${plural(up, 'lane')} higher`] : []),
    ...(down > 0 ? [`${plural(down, 'lane')} lower`] : []),
  ];
  const gears = moved.length > 0 ? moved.join(', ') : 'Every lane in the same gear';
  const { decided } = later.adoption;
  return `${gears}; agents did ${plural(decided, 'task')} in ${later.week}, ${differenceInWords(decided - earlier.adoption.decided)} in ${earlier.week}.`;
}

/** "3 more than", "as many as" */
function differenceInWords(difference: number): string {
  if (difference === 0) return 'as many as';
  return `${Math.abs(difference).toLocaleString('en-GB')} ${difference > 0 ? 'more' : 'fewer'} than`;
}

type Count = readonly [name: string, of: (content: ReportContent) => number];

const COUNTS: readonly Count[] = [
  ['Lanes in run', ({ gears }) => gears.run],
  ['Lanes in walk', ({ gears }) => gears.walk],
  ['Lanes in crawl', ({ gears }) => gears.crawl],
  ['Gears that changed', ({ moves }) => moves.length],
  ['Waiting for a decision', ({ waiting }) => waiting.length],
  ['Tasks of agents, decided', ({ adoption }) => adoption.decided],
  ['… reviewed independently', ({ adoption }) => adoption.reviewed],
  ['… merged', ({ adoption }) => adoption.merged],
  ['Tasks without an agent', ({ adoption }) => adoption.withoutAgent],
  ['Incidents open in the week', ({ incidents }) => incidents.length],
  ['Agents registered by nobody', ({ agents }) => agents.shadow.length],
];

function numbers(earlier: ReportContent, later: ReportContent): Section {
  const rows = COUNTS.map(([name, of]) => [
    text(name),
    text(of(earlier).toLocaleString('en-GB')),
    text(of(later).toLocaleString('en-GB')),
    text(signed(of(later) - of(earlier))),
  ]);
  return section('numbers', 'In numbers', {
    table: { head: ['What', earlier.week, later.week, 'Change'], rows },
  });
}

function signed(difference: number): string {
  if (difference === 0) return '–';
  return `${difference > 0 ? '+' : '−'}${Math.abs(difference).toLocaleString('en-GB')}`;
}

/** The lanes that are not where they were. Of a score, only what its own interval does not explain counts as different. */
function lanes(pairs: readonly Pair[], { team }: ReportContent): Section {
  const rows = pairs.filter(isDifferent).map(({ place, was, now }): Cell[] => [
    {
      text: laneName(place, team !== null),
      link: { to: 'lane', team: place.team.slug, category: place.category.slug },
    },
    text(changeInWords(was, now, ({ gear }) => gear)),
    text(changeInWords(was, now, provenInWords)),
    text(changeInWords(was, now, scoreInWords)),
  ]);
  return section(
    'lanes',
    'Lanes that differ',
    rows.length === 0
      ? { sentences: ['None: gear and proven level of every lane are the same.'] }
      : { table: { head: ['Lane', 'Gear', 'Proven', 'Score (90 % interval)'], rows } },
  );
}

function isDifferent({ was, now }: Pair): boolean {
  if (!was || !now) return true;
  if (was.gear !== now.gear || was.proven !== now.proven) return true;
  const [before, after] = [was.score, now.score];
  return before !== null && after !== null && (after.value < before.low || after.value > before.high);
}

function changeInWords(
  was: LaneStanding | null,
  now: LaneStanding | null,
  say: (standing: LaneStanding) => string,
): string {
  const [before, after] = [was ? say(was) : 'no evidence', now ? say(now) : 'no evidence'];
  return before === after ? after : `${before} → ${after}`;
}
