import type { Gear } from '../gear';
import { ALPHA } from '../trust/constants';
import type { EngineConfig } from '../trust/engine-config';
import type { EngineState } from '../trust/engine-state';
import { pendingCount } from '../trust/pending';
import { logEvidence, logThreshold, provenBar } from '../trust/promotion';
import { level, tasks } from './words';

/** What was known at a move or a recommendation, kept with it. */
export type EvidenceNote = {
  epoch: number;
  matured: number;
  notClean: number;
  pending: number;
  proven: number | null;
  /** Evidence against the bar, and how much is needed: met when evidence >= needed. */
  evidence: number | null;
  needed: number;
  bar: number | null;
};

/** The evidence as it stands, against the bar of `to`. */
export function noteEvidence(engine: EngineState, to: Gear, config: EngineConfig): EvidenceNote {
  const { promotion, pending, notClean } = engine;
  const bar = to === 'crawl' ? null : config.bars[to];
  return {
    epoch: promotion.epoch,
    matured: promotion.matured,
    notClean,
    pending: pendingCount(pending),
    proven: provenBar(promotion),
    evidence: bar === null ? null : Math.exp(logEvidence(promotion, bar)),
    needed: Math.exp(logThreshold(promotion.epoch)),
    bar,
  };
}

/** A change of a lane's gear, or of its review level. */
export type Move = {
  /** ms since 1970 */
  at: number;
  kind: 'accepted' | 'demoted' | 'tightened' | 'loosened' | 'voided';
  from: Gear;
  to: Gear;
  /** Of a demotion or tightening: what brought it about. Of a voided acceptance: the gear that was accepted. */
  cause: string | null;
  people: string[];
  taskRef: string | null;
  /** What the people gave as their reason. */
  reason: string;
};

/** Why a recommendation was opened: what, on which evidence, and how sure. */
export function explainRecommendation(note: EvidenceNote, to: Gear): string[] {
  // JSON has no word for more than a double holds: without a number, but with a bar, it is beyond all need.
  const evidence = note.evidence ?? (note.bar === null ? 0 : Number.POSITIVE_INFINITY);
  const level_ = note.bar === null ? '' : ` at least ${level(note.bar)}`;
  return [
    `Proven${level_} from ${tasks(note.matured)} that matured, ${note.notClean === 0 ? 'all of them clean' : `${note.notClean} of them not clean`}.`,
    `Evidence ${Math.floor(evidence).toLocaleString('en')}, where ${Math.round(note.needed)} is needed for ${to}.`,
    `The chance of ever recommending a gear that this lane is not ready for is at most ${Math.round(ALPHA * 100)} %.`,
  ];
}

/** One sentence for the log. */
export function explainMove(move: Move, note: EvidenceNote): string {
  const why = move.reason ? ` “${move.reason}”` : '';
  switch (move.kind) {
    case 'accepted':
      return `${listed(move.people)} accepted ${move.to}: proven at least ${level(note.proven ?? 0)} from ${tasks(note.matured)}.${why}`;
    case 'demoted':
      if (move.cause === 'bar alarm')
        return `Too many reviews lost points for ${move.from}: back to ${move.to}.`;
      return `${move.cause} on a task of this lane: back to ${move.to} at once.`;
    case 'tightened':
      return 'Quality fell below the level this lane had proven. Its reviews are those of the next lower gear until ten in a row are clean.';
    case 'loosened':
      return 'Ten clean reviews in a row: the raised review level has ended.';
    case 'voided':
      return `${listed(move.people)} accepted ${move.cause}, but evidence that came in later and happened earlier no longer supports it.${why}`;
    default:
      return move.kind satisfies never;
  }
}

function listed(people: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(people);
}
