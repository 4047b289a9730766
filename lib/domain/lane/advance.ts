import { type Gear, isAbove } from '../gear';
import { type StepResult, step } from '../trust/engine';
import type { TrustEvent } from '../trust/trust-event';
import { type EvidenceNote, explainMove, explainRecommendation, noteEvidence } from './evidence-note';
import type { Position } from './lane-entry';
import type { LaneLog, Move } from './lane-log';
import type { LaneRules } from './lane-rules';
import type { LaneState } from './lane-state';

/** One step of the engine, and what follows from its verdict. */
export function advance(
  state: LaneState,
  event: TrustEvent,
  position: Position,
  rules: LaneRules,
  log: LaneLog,
  taskRef: string | null,
): void {
  const { gear: from, tight: wasTight, watch } = state.engine;
  // A demotion begins a new epoch; its log entry tells of the one that ended.
  const before = watch && noteEvidence(state.engine, from, rules.engine);
  // Days are rounded doubles: the engine's clock must not seem to go back by a last bit.
  const t = Math.max(event.t, state.engine.lastT ?? event.t);
  const result = step(state.engine, { ...event, t }, rules.engine);
  const { at } = position;
  if (result.verdict.kind === 'demote') {
    state.epochStarts.push(position);
    state.declined = null;
    note(state, rules, log, before, {
      at,
      kind: 'demoted',
      from,
      to: result.verdict.to,
      cause: result.cause ?? null,
      people: [],
      taskRef,
      reason: '',
    });
  } else if (state.engine.tight !== wasTight) {
    const kind = state.engine.tight ? 'tightened' : 'loosened';
    note(state, rules, log, null, {
      at,
      kind,
      from,
      to: from,
      cause: result.cause ?? null,
      people: [],
      taskRef,
      reason: '',
    });
  }
  recommend(state, result, at, rules, log);
}

/** Writes a move down with the evidence of that moment. */
export function note(
  state: LaneState,
  rules: LaneRules,
  log: LaneLog,
  before: EvidenceNote | null,
  move: Move,
): void {
  state.lastMove = { kind: move.kind, at: move.at };
  const evidence = before ?? noteEvidence(state.engine, move.to, rules.engine);
  log.move({ ...move, sentence: explainMove(move, evidence), evidence });
}

/** Opens, keeps or withdraws the recommendation to match the verdict. */
function recommend(state: LaneState, result: StepResult, at: number, rules: LaneRules, log: LaneLog): void {
  const { verdict } = result;
  const to = verdict.kind === 'promote' && !isAbove(verdict.to, rules.ceiling) ? verdict.to : null;
  if (state.recommendation && state.recommendation.to !== to) {
    log.close(state.recommendation, 'withdrawn', at);
    state.recommendation = null;
  }
  if (to === null || state.recommendation || isDeclined(state, to)) return;
  const evidence = noteEvidence(state.engine, to, rules.engine);
  const reasons = explainRecommendation(evidence, to);
  const { gear: from } = state.engine;
  state.recommendation = { key: `${at}-${to}`, from, to, openedAt: at, approvals: [], reasons, evidence };
  log.open(state.recommendation);
}

function isDeclined(state: LaneState, to: Gear): boolean {
  return (
    state.declined !== null && state.declined.to === to && state.engine.matured < state.declined.untilMatured
  );
}
