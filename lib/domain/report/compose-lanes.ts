import { type Gear, isAbove, nextGear } from '../gear';
import { explainLane } from '../lane/explain';
import type { LaneRules } from '../lane/lane-rules';
import type { LaneState } from '../lane/lane-state';
import { decayTo } from '../trust/decay';
import { type FadedTrust, fadedTrust } from '../trust/fading';
import { pendingRecords } from '../trust/pending';
import { MOSTLY_BORROWED, type PooledScore, poolScores } from '../trust/pooling';
import { atLeastInGear, summarize, type TrustSummary } from '../trust/trust-summary';
import type { Decided, LaneStanding, Named, ReportLane } from './content';

const DAY_MS = 86_400_000;

/** Weeks whose rate foretells. */
export const FORECAST_WEEKS = 4;

/** What is further off than this nobody can say. */
const FORESEEN_WEEKS = 26;

/** A lane as its fold leaves it at the beginning and at the end of the week. */
export type LaneRow = {
  readonly team: Named;
  readonly category: Named;
  readonly rules: LaneRules;
  readonly before: LaneState;
  readonly after: LaneState;
  readonly week: Decided;
  /** Independently reviewed tasks that were decided in the last four weeks. */
  readonly reviewedInFourWeeks: number;
};

/** What a lane comes to at an instant: its numbers, and what has faded of them by then. */
type Stand = {
  /** In ms since 1970. */
  readonly at: number;
  readonly state: LaneState;
  readonly score: PooledScore | null;
  readonly summary: TrustSummary;
  readonly faded: FadedTrust | null;
};

/** All lanes of an organisation, in the order given. `from` and `to` in ms since 1970. */
export function composeLanes(
  rows: readonly LaneRow[],
  { from, to }: { from: number; to: number },
): ReportLane[] {
  const before = standsAt(rows, from, (row) => row.before);
  const after = standsAt(rows, to, (row) => row.after);
  return rows.flatMap((row, index) => {
    const [was, is] = [before[index], after[index]];
    return was && is ? [composeLane(row, was, is)] : [];
  });
}

/** Where lanes stand at an instant. Their displayed scores borrow from each other, so all are looked at together. */
function standsAt(rows: readonly LaneRow[], at: number, pick: (row: LaneRow) => LaneState): Stand[] {
  const day = at / DAY_MS;
  const states = rows.map(pick);
  const sums = rows.map((row, index) => {
    const { scores, weight } = decayTo(states[index]?.sums ?? row.before.sums, day);
    return { category: row.category.slug, scores, weight };
  });
  const pooled = poolScores(sums).lanes;
  return rows.map((row, index) => {
    const state = pick(row);
    const displayed = state.sums.weight > 0 ? pooled[index] : undefined;
    const score = displayed && displayed.priorShare <= MOSTLY_BORROWED ? displayed : null;
    const summary = summarize(state.engine, row.rules.engine, score?.score ?? null);
    return { at, state, score, summary, faded: fadedTrust(summary.next, summary.fading, day) };
  });
}

function composeLane({ team, category, rules, week, ...row }: LaneRow, was: Stand, is: Stand): ReportLane {
  const { state, summary, faded } = is;
  const { verdict, blocker } = explainLane(state, summary, rules, faded);
  const needs = needsOf(summary, rules);
  return {
    team,
    category,
    ...standingOf(is),
    before: standingOf(was),
    verdict,
    tight: summary.tight,
    blocker,
    cleanNeeded: needs ? cleanNeededOf(is) : null,
    needs,
    counted: summary.maturedInEpoch,
    maturing: summary.pending,
    week,
    forecast: forecastOf(is, rules, row.reviewedInFourWeeks),
  };
}

/** What the next gear takes, where policy lets the lane have it. */
function needsOf({ gear, next }: TrustSummary, { ceiling }: LaneRules): { gear: Gear; level: number } | null {
  const to = nextGear(gear);
  return to && next && !isAbove(to, ceiling) ? { gear: to, level: next.bar } : null;
}

function standingOf({ summary, faded, score }: Stand): LaneStanding {
  return {
    gear: summary.gear,
    proven: faded ? faded.proven : summary.proven,
    score: score && { value: score.score, low: score.low, high: score.high },
  };
}

function cleanNeededOf({ summary: { cleanToNext, tasksLeftInGear, pending }, faded }: Stand): number | null {
  return faded ? atLeastInGear(faded.next?.cleanNeeded ?? null, tasksLeftInGear, pending) : cleanToNext;
}

/** From the end of the week until the last task that waits has matured. */
function weeksUntilAllMatured({ state, at }: Stand, { engine: { maturityDays } }: LaneRules): number {
  const last = pendingRecords(state.engine.pending).at(-1);
  return last ? Math.max(0, last.reviewedAt + maturityDays - at / DAY_MS) / 7 : 0;
}

/** At the rate of the last weeks and at the present score, and never better than if all were clean. A task matures before it counts. */
function forecastOf(stand: Stand, rules: LaneRules, reviewed: number): ReportLane['forecast'] {
  const { state, summary, faded } = stand;
  const to = nextGear(summary.gear);
  const clean = cleanNeededOf(stand);
  if (to === null || isAbove(to, rules.ceiling) || clean === null || !summary.next) return null;
  if (summary.tight || state.recommendation || state.declined || faded || reviewed === 0) return null;
  const { isProven, expectedTasks } = summary.next;
  if (!isProven && expectedTasks === null) return null;
  // What already matures will do, if it stays clean: then only its time is missing.
  const tasks = clean === 0 ? 0 : Math.max(clean, isProven ? 0 : (expectedTasks ?? 0) - summary.pending);
  const weeks =
    tasks === 0
      ? weeksUntilAllMatured(stand, rules)
      : tasks / (reviewed / FORECAST_WEEKS) + rules.engine.maturityDays / 7;
  return weeks > FORESEEN_WEEKS
    ? null
    : {
        to,
        weeks: Math.max(1, Math.ceil(weeks)),
        reviewedInFourWeeks: reviewed,
        ...(tasks === 0 && { isOnlyTime: true }),
      };
}
