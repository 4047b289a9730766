import { oneLine } from '../bidi';
import { plural } from '../plural';
import { laneName } from './answer';
import type { Decided, Place, ReportContent, ReportIncident } from './content';

/** The counts of a week as they are known now. */
export type KnownNow = Decided & { withoutAgent: number };

/** A move of the week that was told, or taken back, after the report was frozen. */
export type LateMove = Place & { from: string; to: string; isWithdrawn: boolean; reason: string };

/** An incident that was open in the week, as it is known now. */
export type KnownIncident = Pick<ReportIncident, 'ref' | 'title' | 'severity' | 'chargedTasks'>;

/**
 * What came in about the week after its report was frozen, in sentences; none where nothing did. The report itself stays as it is.
 */
export function sinceFrozen(
  { adoption, team, incidents: then }: Pick<ReportContent, 'adoption' | 'team' | 'incidents'>,
  now: KnownNow,
  moves: readonly LateMove[],
  incidents: readonly KnownIncident[],
): string[] {
  const counts = [
    ['decided task of an agent', 'decided tasks of agents', adoption.decided, now.decided],
    ['independently reviewed one', 'independently reviewed ones', adoption.reviewed, now.reviewed],
    ['merged one', 'merged ones', adoption.merged, now.merged],
    ['task without an agent', 'tasks without an agent', adoption.withoutAgent, now.withoutAgent],
  ] as const;
  const changed = counts.filter(([, , then, known]) => then !== known);
  const tasks = changed.map(
    ([one, many, then, known]) => `${plural(known, one, many)}, where the report has ${then}`,
  );
  const told = moves.map(({ from, to, isWithdrawn, reason, ...place }) => {
    const lane = laneName(place, team !== null);
    return isWithdrawn
      ? `${lane}: the move from ${from} to ${to} stands no longer. ${reason}`
      : `${lane} moved from ${from} to ${to}, which was not known then. ${reason}`;
  });
  return [
    ...(tasks.length > 0 ? [`By now this week counts ${tasks.join('; ')}.`] : []),
    ...told,
    ...incidentsInWords(then, incidents),
  ];
}

function incidentsInWords(then: readonly KnownIncident[], now: readonly KnownIncident[]): string[] {
  const before = new Map(then.map((incident) => [incident.ref, incident]));
  const refs = new Set(now.map(({ ref }) => ref));
  const nameOf = ({ ref, title, severity }: KnownIncident) =>
    `${severity ?? 'An incident'} “${title === null ? ref : oneLine(title)}”`;
  return [
    ...now.flatMap((incident): string[] => {
      const known = before.get(incident.ref);
      if (!known) return [`${nameOf(incident)} was open in this week, which was not known then.`];
      const charged = plural(incident.chargedTasks, 'task');
      return [
        ...(incident.severity === known.severity
          ? []
          : [`${nameOf(known)} is ${incident.severity ?? 'of no known severity'} by now.`]),
        ...(incident.chargedTasks === known.chargedTasks
          ? []
          : [
              `${nameOf(incident)} is charged to ${charged} by now, where the report has ${known.chargedTasks}.`,
            ]),
      ];
    }),
    ...then.flatMap((incident) =>
      refs.has(incident.ref) ? [] : [`${nameOf(incident)} was not open in this week after all.`],
    ),
  ];
}
