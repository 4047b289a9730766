import type { Gear } from '../gear';
import type { FoldedLink } from '../incident';

/** A move as the log tells it. Times in ms since 1970 (UTC). */
export type ToldMove = {
  readonly id: string;
  readonly at: number;
  readonly ordinal: number;
  readonly kind: string;
  readonly from: Gear;
  readonly to: Gear;
};

/** A move that stands in the log already, or stood there. */
export type LoggedMove = ToldMove & { readonly since: number; readonly isWithdrawn: boolean };

/** How the log of a lane differs from what its evidence says now. */
export type LaneNews<Move, Logged> = {
  /** What the log does not say yet, or says no longer. */
  readonly told: readonly Move[];
  /** Of those, what nobody has heard in any form: not the same story under another date. */
  readonly unheard: readonly Move[];
  /** What the log says and the evidence says no longer. */
  readonly withdrawn: readonly Logged[];
  /** The change of gear that follows from taking something back; null where the gear stays. */
  readonly correction: { readonly from: Gear; readonly to: Gear } | null;
};

/**
 * Compares the log of a lane with the moves that its evidence gives now. Nothing leaves the log: a move that stands no longer is
 * marked, and if the lane is in another gear than the log said last, that is a move of its own, dated now.
 * @param derived all moves of the lane, as its fold gives them
 * @param gear the lane's gear now
 */
export function newsOf<Move extends ToldMove, Logged extends LoggedMove>(
  log: readonly Logged[],
  derived: readonly Move[],
  gear: Gear,
): LaneNews<Move, Logged> {
  const standing = log.filter(({ isWithdrawn, kind }) => !isWithdrawn && kind !== 'corrected');
  const told = derived.filter(({ id }) => !standing.some((move) => move.id === id));
  const withdrawn = standing.filter(({ id }) => !derived.some((move) => move.id === id));
  const said = lastSaid(log)?.to ?? 'crawl';
  return {
    told,
    unheard: withoutPairs(told, withdrawn),
    withdrawn,
    correction: withdrawn.length > 0 && said !== gear ? { from: said, to: gear } : null,
  };
}

/** What people heard last, whatever became of it. */
function lastSaid(log: readonly LoggedMove[]): LoggedMove | undefined {
  return [...log].sort((a, b) => a.since - b.since || a.at - b.at || a.ordinal - b.ordinal).at(-1);
}

/** A demotion that is withdrawn and stands anew a little earlier, since evidence came late, is one demotion. */
function withoutPairs<Move extends ToldMove>(told: readonly Move[], withdrawn: readonly ToldMove[]): Move[] {
  const old = withdrawn.map(story);
  return told.filter((move) => {
    const pair = old.indexOf(story(move));
    if (pair !== -1) old.splice(pair, 1);
    return pair === -1;
  });
}

const story = ({ kind, from, to }: ToldMove): string => `${kind} ${from} ${to}`;

/** Why a move stands no longer, in a sentence, and who said so. */
export type Withdrawal = { readonly reason: string; readonly people: readonly string[] };

/** @param link the word that took an incident off the task of the move, with the incident's ref; null when none did */
export function explainWithdrawal(
  link: (Pick<FoldedLink, 'by' | 'reason'> & { readonly incidentRef: string }) | null,
): Withdrawal {
  if (link === null) return { reason: 'Evidence that came in later no longer supports it.', people: [] };
  const { by, reason, incidentRef } = link;
  const why = reason ? ` “${reason}”` : '';
  const said = `took back that ${incidentRef} came from this task.${why}`;
  return by === null
    ? { reason: `It was taken back that ${incidentRef} came from this task.${why}`, people: [] }
    : { reason: `${by} ${said}`, people: [by] };
}

/** One sentence for the log about the gear that follows. */
export function explainCorrection(to: Gear, { reason }: Withdrawal): string {
  return `What the log said before stands no longer, and so this lane is in ${to}. ${reason}`;
}
