import { inWords } from './outcome-wording';
import type { FoldedTask } from './task';
import { isSameHead } from './task-course';
import type { FoldedReview } from './task-reviews';
import { OUTCOME_SCORES as REVIEW_SCORES } from './trust/severity';

/** Score of each outcome, in [0,1]; null = no evidence either way. */
export const OUTCOME_SCORES = { ...REVIEW_SCORES, withdrawn: null, unreviewed: null } as const;

/** What became of a decided task. */
export type TaskOutcome = keyof typeof OUTCOME_SCORES;

/** Outcomes as people read them. */
export const OUTCOME_LABELS: Readonly<Record<TaskOutcome, string>> = {
  approved_unchanged: 'Approved unchanged',
  approved_with_edits: 'Approved with edits',
  changes_requested: 'Changes requested',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  unreviewed: 'Unreviewed',
};

/** What a decided task of an agent says about its lane: one a task at most. */
export type Observation = {
  readonly outcome: TaskOutcome;
  /** In [0,1]; null = no evidence. */
  readonly score: number | null;
  /** When it was decided, in ms; of a task drawn for review after its merge: when that review was given. */
  readonly at: number;
  readonly merged: boolean;
  /** An independent verdict exists: changes requested, or an approval that was not dismissed. */
  readonly reviewed: boolean;
  /** Approved so soon that nobody can have read it: see HASTY_MS. */
  readonly hasty: boolean;
  /** One sentence. */
  readonly reason: string;
};

/** An approval this soon after the opening or the last push is hasty: 60 seconds, in ms. */
export const HASTY_MS = 60_000;

/** Changes of up to this many lines can be read in a glance, so no approval of them is hasty. */
export const TINY_LINES = 20;

/** `drawnForReview`: the task was drawn at random to be reviewed after its merge, so verdicts after it count too. */
export type ObserveOptions = { readonly drawnForReview?: boolean };

type Finding = Pick<Observation, 'outcome' | 'reason'>;

const isVerdict = ({ verdict }: FoldedReview) => verdict !== 'commented';
const isStanding = ({ verdict, dismissedAt }: FoldedReview) =>
  verdict === 'changes_requested' || (verdict === 'approved' && dismissedAt === null);
const isSentBack = ({ verdict, reviewerKind }: FoldedReview) =>
  verdict === 'changes_requested' && reviewerKind === 'human';

function movedAfter(task: FoldedTask, first: FoldedReview): boolean {
  if (first.headSha !== null && task.headSha !== null) return !isSameHead(first.headSha, task.headSha);
  return task.headMoves.some(({ at }) => at >= first.submittedAt);
}

function whyUnreviewed(task: FoldedTask, counted: readonly FoldedReview[]): string {
  const verdicts = counted.filter(isVerdict);
  const dismissed = verdicts.find((review) => review.independent);
  const partial = verdicts.find((review) => !review.independent);
  const late = task.submissions.find((review) => review.independent && isVerdict(review));
  if (dismissed)
    return `Merged without an independent review: the approval by ${dismissed.reviewer} was dismissed.`;
  if (partial) return `Merged without an independent review: ${partial.independentReason}`;
  if (late) return `Merged without an independent review: ${late.reviewer} gave a verdict only afterwards.`;
  if (counted.length > 0) return 'Merged without an independent review: there were comments, but no verdict.';
  return 'Merged without any review.';
}

function ofMerge(task: FoldedTask, counted: readonly FoldedReview[]): Finding {
  const independent = counted.filter((review) => review.independent);
  const approval = independent.find((review) => review.verdict === 'approved' && isStanding(review));
  if (!independent.some(isStanding)) return { outcome: 'unreviewed', reason: whyUnreviewed(task, counted) };
  const sentBack = counted.filter(isSentBack);
  const first = independent.find(isVerdict);
  if (sentBack.length > 0 || !approval || !first) {
    const times = sentBack.length > 1 ? ` ${sentBack.length} times` : '';
    const people = inWords([...new Set(sentBack.map(({ reviewer }) => reviewer))]);
    return { outcome: 'changes_requested', reason: `Merged after ${people} requested changes${times}.` };
  }
  const edits = [
    ...(movedAfter(task, first) ? ['commits were pushed after the first verdict'] : []),
    ...(task.humanEditors.length > 0 ? [`${inWords(task.humanEditors)} edited it by hand`] : []),
  ];
  return edits.length > 0
    ? {
        outcome: 'approved_with_edits',
        reason: `Merged after ${approval.reviewer} approved it, but ${inWords(edits)}.`,
      }
    : { outcome: 'approved_unchanged', reason: `Merged after ${approval.reviewer} approved it unchanged.` };
}

/** Who ended it: the source's word counts, unless a human is named where it says "agent". */
function closer(task: FoldedTask): 'human' | 'agent' | 'inactivity' | 'unknown' {
  const { closeCause, closedBy } = task;
  if (closeCause === 'agent' && closedBy?.kind === 'human') return 'human';
  if (closeCause) return closeCause;
  if (!closedBy) return 'unknown';
  return closedBy.kind === 'human' ? 'human' : 'agent';
}

function ofClose(task: FoldedTask, counted: readonly FoldedReview[]): Finding {
  const verdict = counted.find((review) => isVerdict(review) && review.reviewerKind === 'human');
  const by = closer(task);
  const name = task.closedBy?.login;
  if (by === 'human')
    return { outcome: 'rejected', reason: `Closed without a merge by ${name ?? 'a person'}.` };
  if (by === 'unknown') {
    const reason = 'Closed without a merge; who closed it was not reported, so it counts as rejected.';
    return { outcome: 'rejected', reason };
  }
  const closed = by === 'inactivity' ? 'Closed for inactivity' : `Closed by ${name ?? 'the agent'}`;
  if (!verdict) return { outcome: 'withdrawn', reason: `${closed} before any person gave a verdict.` };
  const said = verdict.verdict === 'approved' ? 'approved it' : 'requested changes';
  const reason = `${closed} without a merge after ${verdict.reviewer} ${said}, so it counts as rejected.`;
  return { outcome: 'rejected', reason };
}

function isHasty(task: FoldedTask, first: FoldedReview | undefined): boolean {
  if (first?.verdict !== 'approved') return false;
  const { additions, deletions } = task;
  if (additions !== null && deletions !== null && additions + deletions <= TINY_LINES) return false;
  const readFrom = [task.openedAt, ...task.headMoves.map(({ at }) => at)].filter(
    (at) => at !== null && at <= first.submittedAt,
  );
  return readFrom.some((at) => at !== null && first.submittedAt - at <= HASTY_MS);
}

/** Why a task yields no observation, in one sentence; null when it yields one. */
export function whyNoObservation(task: { decidedAt: unknown; agent: unknown }): string | null {
  if (task.decidedAt === null) return 'It is not decided yet.';
  if (task.agent === null) return 'No agent was named, so it is not counted as the work of one.';
  return null;
}

/**
 * What a decided task of an agent says about its lane, after the product's table of outcomes; null when it says nothing.
 * Verdicts count up to the decision: approving afterwards makes no merge reviewed, or good work could be picked by hand.
 */
export function observe(task: FoldedTask, options: ObserveOptions = {}): Observation | null {
  const { decidedAt } = task;
  if (decidedAt === null || whyNoObservation(task) !== null) return null;
  const merged = task.state === 'merged';
  const late = merged && options.drawnForReview === true;
  const counted = task.submissions.filter(({ submittedAt }) => late || submittedAt <= decidedAt);
  const independent = counted.filter((review) => review.independent);
  const standing = independent.filter(isStanding);
  const { outcome, reason } = merged ? ofMerge(task, counted) : ofClose(task, counted);
  return {
    outcome,
    score: OUTCOME_SCORES[outcome],
    at: merged ? Math.max(decidedAt, standing[0]?.submittedAt ?? decidedAt) : decidedAt,
    merged,
    reviewed: standing.length > 0,
    hasty: isHasty(task, standing[0]),
    reason,
  };
}
