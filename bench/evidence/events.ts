import { createDice } from '../numbers';

export type CloudEvent = {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  data: { task: { ref: string; [fact: string]: unknown }; [fact: string]: unknown };
};

/** A review comes so many tasks after the opening, and the merge so many more: tasks overlap, as in life. */
const REVIEWED_AFTER = 40;
const MERGED_AFTER = 60;

const teams = ['Payments', 'Search', 'Mobile', 'Platform', 'Growth', 'Billing', 'Identity', 'Data'];
const kinds = ['tests', 'bugfix', 'refactor', 'dependencies', 'docs', 'chore', 'performance', 'feature'];

/**
 * The stream that agents and their reviewers leave behind: 64 lanes, three events a task, in order of time.
 * @param timeOf milliseconds since 1970 of the n-th event
 */
export function createEvidence(source: string, timeOf: (n: number) => number): () => CloudEvent {
  const dice = createDice(7);
  let count = 0;

  const event = (type: string, task: number, data: CloudEvent['data']): CloudEvent => {
    const time = new Date(timeOf(count)).toISOString();
    return { specversion: '1.0', id: `${type}-${task}`, source, type: `dev.gait.${type}.v1`, time, data };
  };
  const refOf = (task: number): string => `${source}/pull/${task}`;
  const shaOf = (task: number): string => task.toString(16).padStart(40, 'a');

  const opened = (task: number): CloudEvent => {
    const kind = kinds[Math.floor(dice() * kinds.length)] ?? 'tests';
    const facts = {
      title: `Say what the ${kind} of module ${task % 211} are for, and what happens without them`,
      url: `https://git.example.com/acme/app/pull/${task}`,
      repository: 'acme/app',
      team: teams[Math.floor(dice() * teams.length)],
      category: kind,
      agent: { key: `coder-${task % 5}`, name: `Coder ${task % 5}`, vendor: 'Acme' },
      requester: { login: `person-${task % 23}`, kind: 'human' },
      authors: [{ login: `coder-${task % 5}`, kind: 'agent' }],
      labels: [kind, 'agent'],
      paths: [`src/module-${task % 211}/index.ts`, `src/module-${task % 211}/index.test.ts`],
      additions: 40 + (task % 90),
      deletions: task % 30,
      files: 2,
      headSha: shaOf(task),
    };
    return event('task.opened', task, { task: { ref: refOf(task), ...facts } });
  };
  const reviewed = (task: number): CloudEvent =>
    event('review.submitted', task, {
      task: { ref: refOf(task) },
      review: {
        ref: `${refOf(task)}#review-1`,
        reviewer: { login: `reviewer-${task % 17}`, kind: 'human' },
        verdict: dice() < 0.95 ? 'approved' : 'changes_requested',
        headSha: shaOf(task),
      },
    });
  const merged = (task: number): CloudEvent =>
    event('task.merged', task, {
      task: { ref: refOf(task), headSha: shaOf(task) },
      by: { login: `reviewer-${task % 17}`, kind: 'human' },
    });

  function* stream(): Generator<CloudEvent, never> {
    for (let task = 0; ; task += 1) {
      yield opened(task);
      if (task >= REVIEWED_AFTER) yield reviewed(task - REVIEWED_AFTER);
      if (task >= MERGED_AFTER) yield merged(task - MERGED_AFTER);
    }
  }
  const events = stream();
  return () => {
    const { value } = events.next();
    count += 1;
    return value;
  };
}

/** Evidence of the past months, as a backfill brings it: half a minute from one event to the next. */
export function pastEvidence(source: string, days: number): () => CloudEvent {
  const start = Date.now() - days * 86_400_000;
  return createEvidence(source, (n) => start + n * 30_000);
}

export function take(next: () => CloudEvent, count: number): CloudEvent[] {
  return Array.from({ length: count }, next);
}
