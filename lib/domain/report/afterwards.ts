import { plural } from '../plural';
import { laneName } from './answer';
import type { Place, ReportContent } from './content';
import { momentInWords } from './words';

/** What happened after the end of a report's week, as it stands now. Instants as ISO 8601 in UTC. */
export type Afterwards = {
  readonly moves: readonly (Place & { readonly at: string; readonly from: string; readonly to: string })[];
  /** By their ids: those that wait now. */
  readonly waiting: ReadonlySet<string>;
  /** Incidents of SEV1 and SEV2 that were opened since. */
  readonly graveIncidents: number;
};

/** Beyond so many, names are no answer. */
const NAMED = 3;

/** What a reader of the latest report must know before they act on it, in sentences. Empty where nothing happened. */
export function afterwardsInWords(
  { team, zone, waiting: waited }: Pick<ReportContent, 'team' | 'zone' | 'waiting'>,
  { moves, waiting, graveIncidents }: Afterwards,
): string[] {
  const told = moves
    .slice(0, NAMED)
    .map(
      (move) =>
        `${laneName(move, team !== null)} went from ${move.from} to ${move.to} on ${momentInWords(move.at, zone)}.`,
    );
  const more = moves.length - told.length;
  const settled = waited.filter(({ id }) => !waiting.has(id));
  const opened = [...waiting].filter((id) => !waited.some((one) => one.id === id)).length;
  const settledLanes = new Intl.ListFormat('en-GB').format(
    settled.map((place) => laneName(place, team !== null)),
  );
  return [
    ...told,
    ...(more > 0 ? [`${plural(more, 'more gear')} changed.`] : []),
    ...(settled.length > 0
      ? [`${settledLanes} ${settled.length === 1 ? 'waits' : 'wait'} for a decision no more.`]
      : []),
    ...(opened > 0
      ? [`${plural(opened, 'other recommendation')} ${opened === 1 ? 'waits' : 'wait'} for a decision now.`]
      : []),
    ...(graveIncidents > 0
      ? [
          `${plural(graveIncidents, 'incident')} of SEV1 or SEV2 ${graveIncidents === 1 ? 'was' : 'were'} opened.`,
        ]
      : []),
  ];
}
