import { classify, DEFAULT_CATEGORIES } from '@/lib/domain/category';
import type { PullRequest, PullRequestState } from './read-pull-request';

/** How many pull requests went which way. */
export type StateCounts = { merged: number; closed: number; open: number };

/** What is counted of one pull request. */
export type TallyFacts = { ref: string; agent: string; category: string; state: PullRequestState };

/** Pull requests by agent and category. */
export type Tally = Map<string, Map<string, StateCounts>>;

const RANK = { open: 0, closed: 1, merged: 2 } as const;

export const NO_AGENT = '(no agent named)';

/** The category is the one Gait's own rules give with the categories an organisation starts with. */
export function tallyFacts(pr: PullRequest, labels: readonly string[] = pr.labels ?? []): TallyFacts {
  const facts = {
    title: pr.title ?? '',
    labels,
    paths: [],
    givenCategory: pr.category ?? null,
    override: null,
  };
  const { category } = classify(facts, DEFAULT_CATEGORIES);
  return { ref: pr.ref, agent: pr.agent ?? NO_AGENT, category, state: pr.state };
}

type Way = Omit<TallyFacts, 'ref'>;

/** Counts each pull request once, at its furthest state, however many rows speak of it. */
export function createTally(): { tally: Tally; add: (facts: TallyFacts) => 'new' | 'repeated' } {
  const tally: Tally = new Map();
  // Few ways and many pull requests: one object a way, not one a pull request.
  const ways = new Map<string, Way>();
  const seen = new Map<string, Way>();
  const count = ({ agent, category, state }: Way, by: 1 | -1): void => {
    const ofAgent = tally.get(agent) ?? new Map<string, StateCounts>();
    const counts = ofAgent.get(category) ?? { merged: 0, closed: 0, open: 0 };
    counts[state] += by;
    ofAgent.set(category, counts);
    tally.set(agent, ofAgent);
  };
  const add = ({ ref, ...way }: TallyFacts): 'new' | 'repeated' => {
    const earlier = seen.get(ref);
    if (earlier && RANK[way.state] <= RANK[earlier.state]) return 'repeated';
    const key = JSON.stringify([way.agent, way.category, way.state]);
    const shared = ways.get(key) ?? way;
    ways.set(key, shared);
    if (earlier) count(earlier, -1);
    count(shared, 1);
    seen.set(ref, shared);
    return earlier ? 'repeated' : 'new';
  };
  return { tally, add };
}

export function sumOf(counts: Iterable<StateCounts>): StateCounts {
  const sum: StateCounts = { merged: 0, closed: 0, open: 0 };
  for (const { merged, closed, open } of counts) {
    sum.merged += merged;
    sum.closed += closed;
    sum.open += open;
  }
  return sum;
}
