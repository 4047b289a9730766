import { addOutcome, reviseOutcome } from '../trust/decay';
import type { TrustEvent } from '../trust/trust-event';
import { advance, note } from './advance';
import {
  type ChargeEntry,
  type DecisionEntry,
  type LaneEntry,
  type ObservationEntry,
  positionOf,
} from './lane-entry';
import type { LaneLog } from './lane-log';
import type { LaneRules } from './lane-rules';
import type { LaneState } from './lane-state';
import { dayOf, recordBefore } from './task-record';

/** How many further tasks must mature before a declined recommendation may come back. */
const MATURED_AFTER_DECLINE = 10;

/** Takes one entry into the lane: counts it, steps the engine, and lets people's decisions have their effect. */
export function takeIn(state: LaneState, entry: LaneEntry, rules: LaneRules, log: LaneLog): void {
  switch (entry.kind) {
    case 'observation':
      observe(state, entry, rules, log);
      return;
    case 'charge':
      charge(state, entry, rules, log);
      return;
    case 'decision':
      decide(state, entry, rules, log);
      return;
    default:
      entry satisfies never;
  }
}

function observe(state: LaneState, entry: ObservationEntry, rules: LaneRules, log: LaneLog): void {
  for (const counts of [state.counts, state.week]) {
    if (!counts) continue;
    counts.decided += 1;
    counts.merged += Number(entry.merged);
    counts.reviewed += Number(entry.reviewed);
    counts.hasty += Number(entry.hasty);
  }
  state.lastObservedAt = entry.at;
  if (entry.score === null) return;
  const t = dayOf(entry.at);
  state.sums = addOutcome(state.sums, t, entry.score);
  advance(
    state,
    { type: 'review', t, task: entry.ref, x: entry.score },
    positionOf(entry),
    rules,
    log,
    entry.ref,
  );
}

function charge(state: LaneState, entry: ChargeEntry, rules: LaneRules, log: LaneLog): void {
  const t = dayOf(entry.at);
  const record = recordBefore(entry, state.epochStarts);
  const isNew = entry.task.score === null && entry.earlier.length === 0;
  state.sums = isNew
    ? addOutcome(state.sums, t, 0)
    : reviseOutcome(state.sums, t, record.reviewedAt, record.x, 0);
  const about = { t, task: entry.ref, ...(isNew ? { unreviewed: true } : { record }) };
  const event: TrustEvent =
    entry.severity === null
      ? { type: 'revert', ...about }
      : { type: 'incident', severity: entry.severity, ...about };
  advance(state, event, positionOf(entry), rules, log, entry.ref);
}

/**
 * A decision counts only against a recommendation that stands at its place in the lane. When evidence that
 * came later, but happened earlier, has taken the ground away, the acceptance is void, and the log says so.
 */
function decide(state: LaneState, entry: DecisionEntry, rules: LaneRules, log: LaneLog): void {
  const open = state.recommendation;
  const { at, person, to, reason } = entry;
  if (!open || open.to !== to) {
    if (entry.action === 'accept') {
      note(state, rules, log, null, {
        at,
        kind: 'voided',
        from: state.engine.gear,
        to: state.engine.gear,
        cause: to,
        people: [person.name],
        taskRef: null,
        reason,
      });
    }
    return;
  }
  if (entry.action === 'decline') {
    log.close(open, 'declined', at);
    state.declined = { to, untilMatured: state.engine.matured + MATURED_AFTER_DECLINE };
    state.recommendation = null;
    return;
  }
  if (!open.approvals.some((approval) => approval.personId === person.id)) {
    open.approvals.push({ personId: person.id, person: person.name, at, reason });
  }
  if (to === 'crawl' || open.approvals.length < rules.approvalsNeeded[to]) {
    log.open(open);
    return;
  }
  const from = state.engine.gear;
  log.close(open, 'accepted', at);
  state.recommendation = null;
  note(state, rules, log, null, {
    at,
    kind: 'accepted',
    from,
    to,
    cause: null,
    people: open.approvals.map((approval) => approval.person),
    taskRef: null,
    reason,
  });
  advance(state, { type: 'accept', t: dayOf(at), gear: to }, positionOf(entry), rules, log, null);
}
