import type { Gear } from '../gear';
import { plural } from '../plural';
import { gearsInWords, laneName } from './answer';
import type { ReportContent } from './content';
import { type Cell, laneCell, numberCell, type Section, section, text } from './section';
import { provenSinceInWords, scoreSinceInWords } from './standing-words';
import { momentInWords } from './words';

export function actions({ actions: all }: ReportContent): Section {
  const list = all.map(({ text: said, place }) => ({
    text: said,
    ...(place && { link: { to: 'lane' as const, team: place.team.slug, category: place.category.slug } }),
  }));
  return section(
    'actions',
    'What to do next',
    list.length > 0 ? { list } : { sentences: ['Nothing waits for you.'] },
  );
}

export function moves(content: ReportContent): Section {
  const { moves: all, gears, gearsBefore } = content;
  const was = `At the beginning of the week: ${gearsInWords(gearsBefore)}. At its end: ${gearsInWords(gears)}.`;
  if (all.length === 0)
    return section('moves', 'What changed', { sentences: ['No gear changed this week.', was] });
  const rows = all.map((move) => [
    text(momentInWords(move.at, content.zone)),
    laneCell(move, content),
    text(move.from === move.to ? `${move.kind} in ${move.to}` : `${move.from} to ${move.to}`),
    text(move.people.join(', ') || 'Gait'),
    text(move.reason),
  ]);
  return section('moves', 'What changed', {
    sentences: [was],
    table: { head: ['When', 'Lane', 'Gear', 'By', 'Why'], rows },
  });
}

export function waiting(content: ReportContent): Section {
  const all = content.waiting;
  if (all.length === 0)
    return section('waiting', 'Waiting for a decision', {
      sentences: ['Nothing waited at the end of the week.'],
    });
  const rows = all.map((place) => [
    laneCell(place, content),
    { text: `${place.from} to ${place.to}`, link: { to: 'decision' as const, id: place.id } },
    text(place.days === 0 ? 'less than a day' : plural(place.days, 'day')),
    text(place.approvals.join(', ') || 'nobody yet'),
  ]);
  return section('waiting', 'Waiting for a decision', {
    table: { head: ['Lane', 'Gear', 'Waited', 'Agreed'], rows },
  });
}

export function teams(content: ReportContent): Section | null {
  const { teams: all } = content;
  if (all.length === 0) return null;
  const rows = all.map(({ team, gears, week, waiting: waits, blocker }) => [
    { text: team.name, link: { to: 'team' as const, team: team.slug } },
    ...gearCells(gears),
    numberCell(week.decided, content, { counted: 'decided', team: team.slug }),
    numberCell(week.reviewed, content, { counted: 'reviewed', team: team.slug }),
    text(waits),
    text(blocker),
  ]);
  return section('teams', 'Teams', {
    table: {
      head: ['Team', 'Run', 'Walk', 'Crawl', 'Decided', 'Reviewed', 'Waiting', 'What stops it'],
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
    text(scoreSinceInWords(lane, lane.before)),
    numberCell(lane.week.decided, content, { counted: 'decided', category: lane.category.slug }),
    numberCell(lane.week.reviewed, content, { counted: 'reviewed', category: lane.category.slug }),
    text(lane.blocker || (lane.verdict === 'promote' ? 'Waits for your decision.' : 'Nothing.')),
  ]);
  const head = [
    'Kind of work',
    'Gear',
    'Proven',
    'Score (90 % interval)',
    'Decided',
    'Reviewed',
    'What stops it',
  ];
  return section('lanes', 'Lanes', { table: { head, rows } });
}

export function forecasts(content: ReportContent): Section | null {
  const list = content.lanes
    .flatMap((lane) => (lane.forecast ? [{ lane, forecast: lane.forecast }] : []))
    .toSorted((a, b) => a.forecast.weeks - b.forecast.weeks)
    .slice(0, 5)
    .map(({ lane, forecast: { to, weeks, reviewedInFourWeeks } }) => ({
      ...laneCell(lane, content),
      text: `${laneName(lane, content.team !== null)} reaches ${to} in about ${plural(weeks, 'week')} at this rate: ${plural(reviewedInFourWeeks, 'reviewed task')} in four weeks, as good as so far.`,
    }));
  return list.length === 0 ? null : section('forecast', 'What to expect', { list });
}
