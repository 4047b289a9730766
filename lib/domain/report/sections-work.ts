import { lowerFirst } from '../lane/words';
import { plural } from '../plural';
import { laneName } from './answer';
import type { ReportContent } from './content';
import { type Cell, numberCell, type Section, section, text } from './section';
import { shareInWords } from './words';

export function incidents(content: ReportContent): Section {
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

export function agents({ agents: { firstSeen, registered = [], shadow, paused } }: ReportContent): Section {
  const named = (some: readonly { name: string }[]) => some.map(({ name }) => name).join(', ');
  const list = [
    ...(firstSeen.length > 0 ? [`First seen this week: ${named(firstSeen)}.`] : []),
    ...(registered.length > 0 ? [`Registered this week: ${named(registered)}.`] : []),
    ...(shadow.length > 0 ? [`Nobody answers for: ${named(shadow)}.`] : []),
    ...(paused.length > 0 ? [`Paused: ${named(paused)}.`] : []),
  ].map((said) => ({ text: said, link: { to: 'agents' as const } }));
  return section(
    'agents',
    'Agents',
    list.length > 0 ? { list } : { sentences: ['No agent is new, paused or unregistered.'] },
  );
}

export function adoption(content: ReportContent): Section {
  const { decided, merged, withoutAgent, byAgent, review } = content.adoption;
  const all = decided + withoutAgent;
  if (all === 0) return section('adoption', 'Work', { sentences: ['No task was decided this week.'] });
  const load =
    review === null
      ? 'Review load is not shown: so few people reviewed that it would tell about one of them.'
      : `They got ${plural(review.reviews, 'independent review')} in all (a task may get several), by ${plural(review.reviewers, 'person', 'people')}${review.medianHours === null ? '' : `; half of the first verdicts came within ${review.medianHours} hours`}.`;
  const rows = byAgent.map(({ key, name, decided: own }) => [
    { text: name, link: { to: 'agents' as const } },
    numberCell(own, content, { counted: 'decided', agent: key }),
  ]);
  return section('adoption', 'Work', {
    sentences: [
      `Agents did ${withoutAgent === 0 ? plural(decided, 'task') : shareInWords(decided, all, 'task')} that ${decided === 1 ? 'was' : 'were'} decided in the week; ${merged} of theirs were merged.`,
      load,
    ],
    ...(rows.length > 0 && { table: { head: ['Agent', 'Decided'], rows } }),
  });
}

export function quality(content: ReportContent): Section {
  const { decided, reviewed, hasty, withoutAgent, quietSources, failedDeliveries = 0 } = content.quality;
  const all = decided + withoutAgent;
  const share = (part: number, of: number) => (of === 0 ? '–' : `${Math.round((100 * part) / of)} %`);
  const row = (what: string, part: Cell, value: number, of: number) => [
    text(what),
    part,
    text(of),
    text(share(value, of)),
  ];
  const rows = [
    row('Reviewed independently', numberCell(reviewed, content, { counted: 'reviewed' }), reviewed, decided),
    row('Approved within a minute of opening', text(hasty), hasty, decided),
    ...(withoutAgent > 0
      ? [
          row(
            'Without an agent, and so no evidence',
            numberCell(withoutAgent, content, { counted: 'without-agent' }),
            withoutAgent,
            all,
          ),
        ]
      : []),
  ];
  const quiet = quietSources.map(({ name }) => name).join(', ');
  return section('quality', 'How sure this is', {
    sentences: [
      decided === 0
        ? 'No agent’s task was decided, so nothing new is known.'
        : `Of the tasks that agents did, ${reviewed.toLocaleString('en-GB')} of ${decided.toLocaleString('en-GB')} (${share(reviewed, decided)}) had an independent review. Levels are proven by reviewed tasks alone, over months; the others say nothing.`,
      ...(quiet === '' ? [] : [`Sent nothing for a week: ${quiet}.`]),
      ...(failedDeliveries > 0
        ? [`${plural(failedDeliveries, 'mail or post', 'mails and posts')} could not be delivered.`]
        : []),
    ],
    ...(all > 0 && { table: { head: ['What', 'Tasks', 'Of all', 'Share'], rows } }),
  });
}

export function notSetUp({ notSetUp: names }: ReportContent): Section | null {
  return names.length === 0
    ? null
    : section('not-set-up', 'Not set up yet', {
        sentences: [
          `Gait does not measure yet: ${names.map(lowerFirst).join(', ')}. This report does not speak of them.`,
        ],
      });
}

const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ['Lane', 'One team’s one kind of work: what agents earn their gear in.'],
  [
    'Crawl, walk, run',
    'How freely agents work there: small proposals, each approved; a brief, approved and checked; their own scope, with samples reviewed afterwards.',
  ],
  ['Decided', 'Merged or closed in the week.'],
  ['Reviewed', 'By a person who neither asked for the work nor wrote any of it.'],
  [
    'Clean',
    'Approved as it was, and nothing charged to it afterwards. So many clean reviews are needed if they come one after the other; others in between add to them.',
  ],
  ['Matures', 'Waits after its review, in case something goes wrong yet; then it counts.'],
  [
    'Proven',
    'The level that the evidence holds up, with at most the chance of error that policy allows. Gears rest on it alone. It falls again as tasks go wrong, or as nothing new comes in. It may lie outside of the score’s interval: it looks back over all evidence since qualification began, the score at the last months.',
  ],
  [
    'Score',
    'The estimate of now, with its 90 % interval; partly borrowed from lanes like it. It moves no gear.',
  ],
];

/** What a reader who sees one for the first time must know. */
export function words(): Section {
  return section('words', 'What the words mean', {
    table: { head: ['Word', 'Meaning'], rows: WORDS.map((row) => row.map(text)) },
  });
}
