import type { Gear } from '../gear';
import { plural } from '../plural';
import { gearsInWords, laneName } from './answer';
import type { ReportContent, ReportLane } from './content';
import { daysOf, parseWeek } from './iso-week';
import { provenSinceInWords, scoreSinceInWords } from './standing-words';
import { daysInWords, momentInWords, shareInWords } from './words';

/** What a word of a report leads to. */
export type ReportLink =
  | { to: 'lane'; team: string; category: string }
  | { to: 'team'; team: string }
  | { to: 'decision'; id: string }
  | TasksLink
  | { to: 'incident'; ref: string }
  | { to: 'agents' };

/** The tasks behind a number: those decided in the seven days from the day `week`, by the clocks of `zone`, as `counted`. */
export type TasksLink = {
  to: 'tasks';
  week: string;
  zone: string;
  counted: 'decided' | 'reviewed' | 'merged' | 'without-agent';
  team?: string;
  category?: string;
  agent?: string;
};

export type Cell = { text: string; link?: ReportLink };

/** A part of a report: sentences, then a list or a table. `key` is unique within the report. */
export type Section = {
  key: string;
  title: string;
  sentences: string[];
  list: Cell[];
  table: { head: string[]; rows: Cell[][] } | null;
};

/** A report in words, as every form of it tells: page, mail, Markdown, PDF. */
export type ReportDocument = {
  title: string;
  lead: string;
  answer: string;
  sections: Section[];
  fine: string[];
};

/** Writes a report out. Says nothing that is not in the content. */
export function documentOf(content: ReportContent): ReportDocument {
  const { organisation, team, week, zone, from, to, policyVersion, answer } = content;
  const name = team?.name ?? organisation.name;
  return {
    title: `${name}, ${week}`,
    lead: `${daysInWords(from, to, zone)} (${zone})`,
    answer,
    sections: [
      actions(content),
      moves(content),
      waiting(content),
      teams(content),
      team === null ? kinds(content) : lanes(content),
      forecasts(content),
      incidents(content),
      agents(content),
      adoption(content),
      quality(content),
      notSetUp(content),
    ].filter((section) => section !== null),
    fine: [
      `Week ${week} in ${zone}: from ${momentInWords(from, zone)} to ${momentInWords(to, zone)}. Policy version ${policyVersion}.`,
      'Decided tasks were merged or closed in this week. Reviewed means: by a person who neither asked for the work nor wrote any of it. A proven level holds with the guarantee of the policy; a score with its 90 % interval is shown for orientation and moves no gear.',
    ],
  };
}

function section(key: string, title: string, parts: Partial<Omit<Section, 'key' | 'title'>>): Section {
  return { key, title, sentences: [], list: [], table: null, ...parts };
}

const text = (value: string | number): Cell => ({ text: String(value) });

type Behind = Pick<TasksLink, 'counted' | 'team' | 'category' | 'agent'>;

/** A number that leads to the tasks behind it; nothing stands behind 0. */
function numberCell(value: number, { week, zone, team }: ReportContent, behind: Behind): Cell {
  const parsed = parseWeek(week);
  if (value === 0 || parsed === null) return text(value);
  const { first } = daysOf(parsed);
  return {
    text: value.toLocaleString('en-GB'),
    link: { to: 'tasks', week: first, zone, ...(team && { team: team.slug }), ...behind },
  };
}

function laneCell(place: Pick<ReportLane, 'team' | 'category'>, { team }: ReportContent): Cell {
  const link = { to: 'lane' as const, team: place.team.slug, category: place.category.slug };
  return { text: laneName(place, team !== null), link };
}

function actions({ actions: all }: ReportContent): Section {
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

function moves(content: ReportContent): Section {
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

function waiting(content: ReportContent): Section {
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

function teams(content: ReportContent): Section | null {
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
function kinds(content: ReportContent): Section {
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

function lanes(content: ReportContent): Section {
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

function forecasts(content: ReportContent): Section | null {
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

function incidents(content: ReportContent): Section {
  const all = content.incidents;
  if (all.length === 0) return section('incidents', 'Incidents', { sentences: ['None was open this week.'] });
  const rows = all.map((incident) => [
    { text: incident.title ?? incident.ref, link: { to: 'incident' as const, ref: incident.ref } },
    text(incident.severity ?? 'not said'),
    text(incident.resolvedAt === null ? 'open' : 'resolved'),
    text(incident.chargedTasks),
    text(
      incident.gearsLost
        .map((lost) => `${laneName(lost, content.team !== null)}: ${lost.from} to ${lost.to}`)
        .join('; ') || 'none',
    ),
  ]);
  return section('incidents', 'Incidents', {
    table: { head: ['Incident', 'Severity', 'State', 'Charged tasks', 'Gears lost'], rows },
  });
}

function agents({ agents: { firstSeen, registered = [], shadow, paused } }: ReportContent): Section {
  const named = (some: readonly { name: string }[]) => some.map(({ name }) => name).join(', ');
  const list = [
    ...(firstSeen.length > 0 ? [`First seen this week: ${named(firstSeen)}.`] : []),
    ...(registered.length > 0 ? [`Registered this week: ${named(registered)}.`] : []),
    ...(shadow.length > 0 ? [`Registered by nobody: ${named(shadow)}.`] : []),
    ...(paused.length > 0 ? [`Paused: ${named(paused)}.`] : []),
  ].map((said) => ({ text: said, link: { to: 'agents' as const } }));
  return section(
    'agents',
    'Agents',
    list.length > 0 ? { list } : { sentences: ['No agent is new, paused or unregistered.'] },
  );
}

function adoption(content: ReportContent): Section {
  const { decided, merged, withoutAgent, byAgent, review } = content.adoption;
  const all = decided + withoutAgent;
  if (all === 0) return section('adoption', 'Work', { sentences: ['No task was decided this week.'] });
  const load =
    review === null
      ? 'Review load is not shown: so few people reviewed that it would tell about one of them.'
      : `${plural(review.reviews, 'independent review')} by ${plural(review.reviewers, 'person', 'people')}${review.medianHours === null ? '' : `; half of the first verdicts came within ${review.medianHours} hours`}.`;
  const rows = byAgent.map(({ key, name, decided: own }) => [
    { text: name, link: { to: 'agents' as const } },
    numberCell(own, content, { counted: 'decided', agent: key }),
  ]);
  return section('adoption', 'Work', {
    sentences: [
      `Agents did ${shareInWords(decided, all, 'decided task')}; ${merged} of theirs were merged.`,
      load,
    ],
    ...(rows.length > 0 && { table: { head: ['Agent', 'Decided'], rows } }),
  });
}

function quality(content: ReportContent): Section {
  const { decided, reviewed, hasty, withoutAgent, quietSources, failedDeliveries = 0 } = content.quality;
  const all = decided + withoutAgent;
  const share = (part: number, of: number) => (of === 0 ? '–' : `${Math.round((100 * part) / of)} %`);
  const rows = [
    [
      text('Reviewed independently'),
      numberCell(reviewed, content, { counted: 'reviewed' }),
      text(`of ${plural(decided, 'task')} of agents`),
      text(share(reviewed, decided)),
    ],
    [
      text('Approved within a minute of opening'),
      text(hasty),
      text(`of ${plural(decided, 'task')} of agents`),
      text(share(hasty, decided)),
    ],
    [
      text('Without an agent, and so no evidence'),
      numberCell(withoutAgent, content, { counted: 'without-agent' }),
      text(`of ${plural(all, 'decided task')}`),
      text(share(withoutAgent, all)),
    ],
  ];
  const quiet = quietSources.map(({ name }) => name).join(', ');
  return section('quality', 'How sure this is', {
    sentences: [
      decided === 0
        ? 'No agent’s task was decided, so nothing new is known.'
        : `Of what was decided, ${shareInWords(reviewed, decided, 'task')} of agents had an independent review; levels are proven by these alone.`,
      ...(quiet === '' ? [] : [`Sent nothing for a week: ${quiet}.`]),
      ...(failedDeliveries > 0
        ? [`${plural(failedDeliveries, 'mail or post', 'mails and posts')} could not be delivered.`]
        : []),
    ],
    ...(all > 0 && { table: { head: ['What', 'Tasks', 'Of', 'Share'], rows } }),
  });
}

function notSetUp({ notSetUp: names }: ReportContent): Section | null {
  return names.length === 0
    ? null
    : section('not-set-up', 'Not set up yet', {
        sentences: [
          `${names.join(', ')}: nothing is known about them, so this report does not speak of them.`,
        ],
      });
}
