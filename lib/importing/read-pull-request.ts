import type { Columns } from './fields';
import { type Identity, identify } from './identity';
import { readCells } from './read-cells';
import type { Cells } from './tables/table';

/** What is said once for a whole table rather than in each row. */
export type Settings = {
  readonly columns: Columns<'pullRequests'>;
  /** The events' source. */
  readonly source: string;
  readonly ref: string | undefined;
  /** What was said on the command line wins over the column, and the column over the mapping. */
  readonly agent: { readonly always?: string | undefined; readonly otherwise?: string | undefined };
  readonly team: { readonly always?: string | undefined; readonly otherwise?: string | undefined };
  readonly categories: Readonly<Record<string, string>>;
};

export type PullRequestState = 'open' | 'merged' | 'closed';

/** One row of the table. Times in ms since 1970 (UTC). */
export type PullRequest = Identity & {
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly agent: string | undefined;
  readonly team: string | undefined;
  readonly category: string | undefined;
  readonly state: PullRequestState;
  readonly createdAt: number;
  /** When it was merged, or else closed; undefined while open. */
  readonly decidedAt: number | undefined;
  readonly decidedBy: string | undefined;
  readonly labels: readonly string[] | undefined;
  readonly additions: number | undefined;
  readonly deletions: number | undefined;
  readonly files: number | undefined;
  readonly headSha: string | undefined;
};

/** A row as read, or what is wrong with it; `identity` where at least that could be told. */
export type ReadRow<T> = { ok: true; value: T } | { ok: false; reasons: string[]; identity?: Identity };

/** The words that forges and trackers have for the three states. */
const STATES: ReadonlyMap<string, PullRequestState> = new Map([
  ['open', 'open'],
  ['opened', 'open'],
  ['draft', 'open'],
  ['active', 'open'],
  ['closed', 'closed'],
  ['declined', 'closed'],
  ['rejected', 'closed'],
  ['abandoned', 'closed'],
  ['superseded', 'closed'],
  ['merged', 'merged'],
  ['completed', 'merged'],
]);

type Decision = { state: PullRequestState; decidedAt: number | undefined };
type Said = { state: string | undefined; closedAt: number | undefined; mergedAt: number | undefined };

/** A merged pull request has the state `closed` on GitHub: the time of the merge decides. */
function decisionOf({ state: word, closedAt, mergedAt }: Said): Decision | string {
  const said = word === undefined ? undefined : STATES.get(word.toLowerCase());
  if (word !== undefined && said === undefined)
    return `state "${word.slice(0, 60)}" is not known; open, closed and merged are`;
  if (said === 'open' && mergedAt !== undefined) return 'its state is open, and yet it has a time of merging';
  if (said === 'open' && closedAt !== undefined) return 'its state is open, and yet it has a time of closing';
  if (mergedAt !== undefined) return { state: 'merged', decidedAt: mergedAt };
  if (said === 'merged') {
    return closedAt === undefined
      ? 'it was merged, but no time of merging is given'
      : { state: 'merged', decidedAt: closedAt };
  }
  if (closedAt !== undefined) return { state: 'closed', decidedAt: closedAt };
  return said === 'closed'
    ? 'it was closed, but no time of closing is given'
    : { state: 'open', decidedAt: undefined };
}

export function readPullRequest(cells: Cells, settings: Settings, now: number): ReadRow<PullRequest> {
  const { columns, source, ref, agent, team, categories } = settings;
  const read = readCells(cells, columns, now);
  const { problems } = read;
  const identity = identify(
    {
      id: read.text('id'),
      repository: read.text('repository'),
      number: read.number('number'),
      url: read.text('url'),
    },
    { source, ref },
  );
  if (typeof identity === 'string') problems.push(identity);
  const createdAt = read.time('createdAt');
  const stateWord = read.text('state');
  const decision = decisionOf({
    state: stateWord,
    closedAt: read.time('closedAt'),
    mergedAt: read.time('mergedAt'),
  });
  if (createdAt === undefined && problems.length === 0) problems.push('it has no time of opening');
  // A time that could not be read already says what is wrong; what follows from its absence would only mislead.
  if (typeof decision === 'string' && problems.length === 0) problems.push(decision);
  const refused = {
    ok: false,
    reasons: problems,
    ...(typeof identity === 'string' ? {} : { identity }),
  } as const;
  if (typeof decision === 'string' || typeof identity === 'string' || createdAt === undefined) return refused;
  const { state, decidedAt } = decision;
  if (decidedAt !== undefined && decidedAt < createdAt) problems.push(`it was ${state} before it was opened`);
  const category = read.text('category');
  const value: PullRequest = {
    ...identity,
    state,
    createdAt,
    decidedAt,
    title: read.text('title'),
    author: read.text('author'),
    agent: agent.always ?? read.text('agent') ?? agent.otherwise,
    team: team.always ?? read.text('team') ?? team.otherwise,
    category: category !== undefined && Object.hasOwn(categories, category) ? categories[category] : category,
    decidedBy:
      state === 'merged' ? read.text('mergedBy') : state === 'closed' ? read.text('closedBy') : undefined,
    labels: read.list('labels')?.slice(0, 100),
    additions: read.count('additions'),
    deletions: read.count('deletions'),
    files: read.count('files'),
    headSha: read.text('headSha'),
  };
  return problems.length > 0 ? refused : { ok: true, value };
}
