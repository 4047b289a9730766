import { v5 } from 'uuid';
import { explainLane } from '@/lib/domain/lane/explain';
import { currentWeek, nextMaturityAt } from '@/lib/domain/lane/fold-lane';
import type { LaneLog, RecommendationEnd } from '@/lib/domain/lane/lane-log';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import { encodeLane, type LaneState, type OpenRecommendation } from '@/lib/domain/lane/lane-state';
import type { LaneWeek } from '@/lib/domain/lane/lane-week';
import { staleAfter } from '@/lib/domain/trust/engine-state';
import { summarize } from '@/lib/domain/trust/trust-summary';
import type { LaneKey } from './lane-store';

/** Names recommendations after their lane, gear and time, so that a rebuild gives each its old id. */
const RECOMMENDATIONS = '7c0e4bd2-0a53-4c0e-9f0e-2f6a8d1f3b11';

export function recommendationId(key: LaneKey, recommendation: { key: string }): string {
  return v5(`${key.orgId}/${key.team}/${key.category}/${recommendation.key}`, RECOMMENDATIONS);
}

/** What one fold of a lane leaves to be written, as rows without the lane's own key. */
export type LaneRows = {
  log: LaneLog;
  moves: object[];
  recommendations: Map<string, object>;
  weeks: LaneWeek[];
  snapshots: object[];
};

export function collectRows(key: LaneKey): LaneRows {
  const moves: { at: Date }[] = [];
  const recommendations = new Map<string, object>();
  const weeks: LaneWeek[] = [];
  const snapshots: object[] = [];

  const keep = (open: OpenRecommendation, status: 'open' | RecommendationEnd, closedAt: number | null) => {
    const id = recommendationId(key, open);
    recommendations.set(id, {
      id,
      from_gear: open.from,
      to_gear: open.to,
      status,
      opened_at: new Date(open.openedAt),
      closed_at: closedAt === null ? null : new Date(closedAt),
      reasons: open.reasons,
      approvals: [...open.approvals],
      evidence: open.evidence,
    });
  };
  const log: LaneLog = {
    open: (open) => keep(open, 'open', null),
    close: (open, end, at) => keep(open, end, at),
    move: ({ at, kind, from, to, people, taskRef, sentence, evidence }) => {
      const ordinal = moves.filter((entry) => entry.at.getTime() === at).length;
      const row = {
        at: new Date(at),
        ordinal,
        from_gear: from,
        to_gear: to,
        kind,
        reason: sentence,
        people,
        task_ref: taskRef,
        evidence,
      };
      moves.push(row);
    },
    week: (week) => weeks.push(week),
    snapshot: (state, at) => snapshots.push({ at: new Date(at), state: encodeLane(state) }),
  };
  return { log, moves, recommendations, weeks, snapshots };
}

/** The lane's one row: what the map shows, and the state. Null is -Infinity where JSON has no word for it. */
export function laneRow(key: LaneKey, state: LaneState, rules: LaneRules, policyVersion: number) {
  const week = currentWeek(state);
  const { sums, counts, engine } = state;
  const currentUntil = staleAfter(engine);
  const score = sums.weight > 0 ? (sums.scores + 1) / (sums.weight + 2) : null;
  const summary = summarize(engine, rules.engine, score);
  const { verdict, reasons, blocker } = explainLane(state, summary, rules);
  const recent =
    week && sums.weight > 0
      ? [...state.recent, { week: week.week, mean: sums.scores / sums.weight }]
      : state.recent;
  return {
    org_id: key.orgId,
    team: key.team,
    category: key.category,
    gear: engine.gear,
    epoch: engine.promotion.epoch,
    verdict,
    reasons,
    blocker,
    proven: summary.proven,
    tight: engine.tight,
    // A time that no clock can be before stands for -Infinity.
    stale_after: currentUntil === null ? null : new Date(Math.max(0, currentUntil) * 86_400_000),
    trust: summary,
    decayed_score: sums.scores,
    decayed_count: sums.weight,
    decayed_at: sums.at === null ? null : new Date(sums.at * 86_400_000),
    decided_count: counts.decided,
    reviewed_count: counts.reviewed,
    merged_count: counts.merged,
    hasty_count: counts.hasty,
    matured_count: summary.maturedInEpoch,
    pending_count: summary.pending,
    recent_weeks: recent.slice(-12),
    last_move_at: state.lastMove && new Date(state.lastMove.at),
    last_move_kind: state.lastMove?.kind ?? null,
    last_observed_at: state.lastObservedAt === null ? null : new Date(state.lastObservedAt),
    policy_version: policyVersion,
    state_at: state.at === null ? null : new Date(state.at),
    state: encodeLane(state),
  };
}

export type LaneRow = ReturnType<typeof laneRow>;

/** When the lane must be advanced next without new evidence; null when nothing matures. */
export function nextDueAt(state: LaneState, rules: LaneRules): Date | null {
  const at = nextMaturityAt(state, rules);
  return at === null ? null : new Date(at);
}
