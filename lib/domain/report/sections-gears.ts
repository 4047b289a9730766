import type { Gear } from '../gear';
import { level } from '../lane/words';
import { plural } from '../plural';
import { gearsInWords, laneName } from './answer';
import { busiest } from './busiest';
import type { ReportClosed, ReportContent, ReportLane, ReportWaiting } from './content';
import { type Cell, laneCell, numberCell, type Section, section, text } from './section';
import { provenSinceInWords, scoreSinceInWords, stopOf } from './standing-words';
import { momentInWords } from './words';

const list = new Intl.ListFormat('en-GB');

/** Beyond so many, names are no answer. */
const NAMED = 6;

export function actions({ actions: all }: ReportContent): Section {
  const deeds = all.map(({ text: said, place, page }): Cell => {
    if (place)
      return { text: said, link: { to: 'lane', team: place.team.slug, category: place.category.slug } };
    return { text: said, ...(page && { link: { to: page } }) };
  });
  return section(
    'actions',
    'What to do next',
    deeds.length > 0
      ? { sentences: ['As things stood when the week ended; Gait shows how they stand now.'], list: deeds }
      : { sentences: ['Nothing waited for you when the week ended.'] },
  );
}

export function moves(content: ReportContent): Section {
  const { moves: all, gears, gearsBefore } = content;
  const [before, after] = [gearsInWords(gearsBefore), gearsInWords(gears)];
  const sentences = [
    ...(all.length === 0 ? ['No gear changed this week.'] : []),
    ...(before === after ? [] : [`At the beginning of the week: ${before}. At its end: ${after}.`]),
    ...levelsInWords(content),
    ...(content.closed ?? []).map((one) => closedInWords(one, content)),
  ];
  if (all.length === 0) return section('moves', 'What changed', { sentences });
  const rows = all.map((move) => [
    text(momentInWords(move.at, content.zone)),
    laneCell(move, content),
    text(move.from === move.to ? `${move.kind} in ${move.to}` : `${move.from} to ${move.to}`),
    text(move.people.join(', ') || 'Gait'),
    text(move.reason),
  ]);
  return section('moves', 'What changed', {
    sentences,
    table: { head: ['When', 'Lane', 'Gear', 'By', 'Why'], rows },
  });
}

/** What has waited longest comes first. */
export function waiting(content: ReportContent): Section {
  const all = content.waiting.toSorted((a, b) => b.days - a.days);
  if (all.length === 0)
    return section('waiting', 'Waiting for a decision', {
      sentences: ['Nothing waited at the end of the week.'],
    });
  const rows = all.map((place) => [
    laneCell(place, content),
    { text: `${place.from} to ${place.to}`, link: { to: 'decision' as const, id: place.id } },
    text(place.days === 0 ? 'less than a day' : plural(place.days, 'day')),
    text(agreedInWords(place)),
  ]);
  return section('waiting', 'Waiting for a decision', {
    table: { head: ['Lane', 'Gear', 'Waited', 'Agreed'], rows },
  });
}

/** "Proven levels rose in 3 lanes and fell in Identity · Tests (from .85 to .80)." Of lanes that changed gear, the table speaks. */
function levelsInWords({ lanes: all, team }: ReportContent): string[] {
  const same = all.filter(({ gear, before }) => gear === before.gear);
  const change = ({ proven, before }: ReportLane) => (proven ?? 0) - (before.proven ?? 0);
  const told = (some: ReportLane[]) =>
    some.length > NAMED
      ? plural(some.length, 'lane')
      : list.format(some.map((lane) => `${laneName(lane, team !== null)} (${levelChange(lane)})`));
  const [up, down] = [same.filter((lane) => change(lane) > 0), same.filter((lane) => change(lane) < 0)];
  const parts = [
    ...(up.length > 0 ? [`rose in ${told(up)}`] : []),
    ...(down.length > 0 ? [`fell in ${told(down)}`] : []),
  ];
  return parts.length === 0 ? [] : [`What is proven ${list.format(parts)}.`];
}

const levelChange = ({ before, proven }: ReportLane) =>
  `from ${before.proven === null ? 'nothing' : level(before.proven)} to ${proven === null ? 'nothing' : level(proven)}`;

function closedInWords(closed: ReportClosed, { team, zone }: ReportContent): string {
  const { from, to, at, status, person, reason } = closed;
  const lane = laneName(closed, team !== null);
  const when = momentInWords(at, zone);
  if (status === 'withdrawn')
    return `That ${lane} goes from ${from} to ${to} is recommended no more since ${when}: its evidence changed.`;
  return `${person ?? 'Somebody'} declined on ${when} that ${lane} goes from ${from} to ${to}${reason ? `: “${reason}”` : '.'}`;
}

function agreedInWords({ approvals, approvalsNeeded }: ReportWaiting): string {
  const who = approvals.join(', ') || 'nobody yet';
  return approvalsNeeded === undefined ? who : `${who}; ${plural(approvalsNeeded, 'person', 'people')} must`;
}

export function teams(content: ReportContent, mostRows: number): Section | null {
  const { teams: all } = content;
  if (all.length === 0) return null;
  const shown = busiest(all, mostRows);
  const rows = shown.map(({ team, gears, week, waiting: waits, blocker }) => [
    { text: team.name, link: { to: 'team' as const, team: team.slug } },
    ...gearCells(gears),
    numberCell(week.decided, content, { counted: 'decided', team: team.slug }),
    numberCell(week.reviewed, content, { counted: 'reviewed', team: team.slug }),
    text(waits),
    text(blocker),
  ]);
  return section('teams', 'Teams', {
    sentences:
      shown.length < all.length
        ? [`Shown are ${shown.length} of ${all.length} teams, those that decided most in this week.`]
        : [],
    more: all.length - shown.length,
    table: {
      head: ['Team', 'Run', 'Walk', 'Crawl', 'Decided', 'Reviewed', 'Waiting', 'What comes first'],
      rows,
    },
  });
}

const gearCells = (gears: Record<Gear, number>): Cell[] => [
  text(gears.run),
  text(gears.walk),
  text(gears.crawl),
];

/** The organisation's lanes by kind of work: one by one they stand in the reports of the teams. */
export function kinds(content: ReportContent): Section {
  const { lanes: all } = content;
  const rows = [...Map.groupBy(all, ({ category }) => category.slug).values()].map((some) => {
    const count = (gear: Gear) => some.filter((lane) => lane.gear === gear).length;
    const category = some[0]?.category ?? { slug: '', name: '' };
    const sum = (counted: 'decided' | 'reviewed' | 'merged') => {
      const total = some.reduce((before, lane) => before + lane.week[counted], 0);
      return numberCell(total, content, { counted, category: category.slug });
    };
    return [
      text(category.name),
      ...gearCells({ run: count('run'), walk: count('walk'), crawl: count('crawl') }),
      sum('decided'),
      sum('reviewed'),
      sum('merged'),
    ];
  });
  const head = ['Kind of work', 'Run', 'Walk', 'Crawl', 'Decided', 'Reviewed', 'Merged'];
  return section(
    'kinds',
    'Kinds of work',
    all.length === 0 ? { sentences: ['No lane has evidence yet.'] } : { table: { head, rows } },
  );
}

export function lanes(content: ReportContent): Section {
  if (content.lanes.length === 0)
    return section('lanes', 'Lanes', { sentences: ['No lane has evidence yet.'] });
  const rows = content.lanes.map((lane) => [
    laneCell(lane, content),
    text(lane.gear === lane.before.gear ? lane.gear : `${lane.gear} (was ${lane.before.gear})`),
    text(provenSinceInWords(lane, lane.before)),
    text(lane.needs ? `${level(lane.needs.level)} for ${lane.needs.gear}` : '–'),
    text(scoreSinceInWords(lane, lane.before)),
    numberCell(lane.week.decided, content, { counted: 'decided', category: lane.category.slug }),
    numberCell(lane.week.reviewed, content, { counted: 'reviewed', category: lane.category.slug }),
    text(stopOf(lane)),
  ]);
  const head = [
    'Kind of work',
    'Gear',
    'Proven',
    'Next gear takes',
    'Score (90 % interval)',
    'Decided',
    'Reviewed',
    'What stops it',
  ];
  return section('lanes', 'Lanes', { table: { head, rows } });
}

function whenInWords({
  weeks,
  reviewedInFourWeeks,
  isOnlyTime,
}: NonNullable<ReportLane['forecast']>): string {
  const time = plural(weeks, 'week');
  return isOnlyTime
    ? `within ${time}, if what still matures stays clean`
    : `in about ${time}, at the rate of ${plural(reviewedInFourWeeks, 'reviewed task')} in four weeks, as good as so far`;
}

export function forecasts(content: ReportContent): Section | null {
  const ahead = content.lanes
    .flatMap((lane) => (lane.forecast ? [{ lane, forecast: lane.forecast }] : []))
    .toSorted((a, b) => a.forecast.weeks - b.forecast.weeks)
    .slice(0, 5)
    .map(({ lane, forecast }) => ({
      ...laneCell(lane, content),
      text: `${laneName(lane, content.team !== null)} is ready for ${forecast.to} ${whenInWords(forecast)}.`,
    }));
  return ahead.length === 0 ? null : section('forecast', 'What to expect', { list: ahead });
}
