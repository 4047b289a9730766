import { plural } from '../plural';
import { laneName } from './answer';
import type { ReportContent } from './content';
import { numberCell, type Section, section, text } from './section';
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
    ...(shadow.length > 0 ? [`Registered by nobody: ${named(shadow)}.`] : []),
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

export function quality(content: ReportContent): Section {
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

export function notSetUp({ notSetUp: names }: ReportContent): Section | null {
  return names.length === 0
    ? null
    : section('not-set-up', 'Not set up yet', {
        sentences: [
          `${names.join(', ')}: nothing is known about them, so this report does not speak of them.`,
        ],
      });
}
