import type { Calendar } from './calendar';
import type { Fate } from './fate';
import type { Random } from './random';

type Verdict = 'approved' | 'changes_requested' | 'commented';

/** Something that happens to a task. Times in ms. */
export type Beat =
  | { kind: 'review'; at: number; by: string; isBot: boolean; verdict: Verdict; head: string }
  | { kind: 'push'; at: number; by: string; isAgent: boolean; head: string }
  | { kind: 'merge'; at: number; by: string; head: string }
  | { kind: 'close'; at: number; by: string | null; cause: 'human' | 'agent' | 'inactivity' }
  | { kind: 'revert'; at: number; by: string };

type Cast = {
  requester: string;
  reviewer: string;
  other: string;
  agent: string;
  heads: readonly [string, string, string];
};

/** Turns a fate into the beats that lead to it. Counted backwards from the decision, in working hours. */
export function playFate(
  fate: Fate,
  decided: number,
  { requester, reviewer, other, agent, heads }: Cast,
  calendar: Calendar,
  random: Random,
): { openedAt: number; beats: Beat[] } {
  const [first, second] = heads;
  const before = (low: number, high: number, from = decided) => from + random.between(low, high);
  const review = (hours: number, verdict: Verdict, head: string, by = reviewer): Beat => ({
    kind: 'review',
    at: calendar.at(hours),
    by,
    isBot: false,
    verdict,
    head,
  });
  const push = (hours: number, byAgent: boolean): Beat => ({
    kind: 'push',
    at: calendar.at(hours),
    by: byAgent ? agent : reviewer,
    isAgent: byAgent,
    head: second,
  });
  const merge = (head: string, by = requester): Beat => ({
    kind: 'merge',
    at: calendar.at(decided),
    by,
    head,
  });
  switch (fate) {
    case 'c':
    case 'r': {
      const approved = before(0.05, 2);
      const undone = decided - random.between(9, 95);
      const revert: Beat[] =
        fate === 'r' && undone > 0.5 ? [{ kind: 'revert', at: calendar.at(undone), by: other }] : [];
      return {
        openedAt: calendar.at(before(0.2, 9, approved)),
        beats: [review(approved, 'approved', first), merge(first), ...revert],
      };
    }
    case 'h': {
      const approval = review(before(0.02, 0.3), 'approved', first);
      return { openedAt: approval.at - random.int(9_000, 52_000), beats: [approval, merge(first)] };
    }
    case 'e': {
      const pushed = before(0.2, 2.5);
      const approved = before(0.3, 4, pushed);
      return {
        openedAt: calendar.at(before(0.3, 9, approved)),
        beats: [review(approved, 'approved', first), push(pushed, random.chance(0.6)), merge(second)],
      };
    }
    case 's': {
      const approved = before(0.05, 2);
      const pushed = before(0.4, 6, approved);
      const sentBack = before(0.3, 5, pushed);
      return {
        openedAt: calendar.at(before(0.4, 9, sentBack)),
        beats: [
          review(sentBack, 'changes_requested', first),
          push(pushed, true),
          review(approved, 'approved', second),
          merge(second),
        ],
      };
    }
    case 'x': {
      const said = before(0.1, 6);
      const verdict = random.chance(0.6) ? 'changes_requested' : 'commented';
      return {
        openedAt: calendar.at(before(0.5, 14, said)),
        beats: [
          review(said, verdict, first),
          { kind: 'close', at: calendar.at(decided), by: reviewer, cause: 'human' },
        ],
      };
    }
    case 'u': {
      // Some approve their own request, or look only afterwards: neither makes it reviewed.
      const own = random.chance(0.3) ? [review(before(0.02, 0.1), 'approved', first, requester)] : [];
      const late = own.length === 0 && decided > 12 && random.chance(0.2);
      return {
        openedAt: calendar.at(before(0.3, 6)),
        beats: [
          ...own,
          merge(first),
          ...(late ? [review(decided - random.between(1, 9), 'approved', first)] : []),
        ],
      };
    }
    case 'w': {
      const isIdle = random.chance(0.4);
      const close: Beat = {
        kind: 'close',
        at: calendar.at(decided),
        by: isIdle ? null : agent,
        cause: isIdle ? 'inactivity' : 'agent',
      };
      return { openedAt: calendar.at(before(isIdle ? 60 : 4, isIdle ? 120 : 40)), beats: [close] };
    }
    case 'o': {
      const seen = decided - random.between(0.5, 9);
      const verdict = random.pick(['approved', 'commented', 'changes_requested'] as const);
      const beats = seen > 0.1 && random.chance(0.5) ? [review(seen, verdict, first)] : [];
      return { openedAt: calendar.at(decided), beats };
    }
    default:
      return fate satisfies never;
  }
}
