import { type Actor, isSameLogin } from './actor';
import type { GaitEvent } from './event';

/** The agent behind a task, as first reported; gaps are filled by later reports of the same agent. */
export type TaskAgent = {
  readonly key: string;
  readonly name: string | null;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly version: string | null;
};

/** A human's decision about a task's category; the latest one stands. `at` in ms. */
export type CategoryOverride = {
  readonly category: string;
  readonly by: string;
  readonly reason: string;
  readonly at: number;
};

/** What was reported about a task. Null where nobody said. Sizes are counts of lines and files. */
export type TaskFacts = {
  readonly ref: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly repository: string | null;
  /** Name of the team as reported; without it the repository's team counts. */
  readonly team: string | null;
  readonly agent: TaskAgent | null;
  readonly givenCategory: string | null;
  readonly override: CategoryOverride | null;
  readonly labels: readonly string[];
  readonly paths: readonly string[];
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly files: number | null;
};

/** The people in the reports: the requester that stands, others named as such, and everyone who wrote a commit. */
export type TaskPeople = {
  readonly requester: Actor | null;
  readonly otherRequesters: readonly Actor[];
  readonly authors: readonly Actor[];
};

type OpenedEvent = Extract<GaitEvent, { type: 'dev.gait.task.opened.v1' }>;
type Report = OpenedEvent['data']['task'];

function reportsIn(events: readonly GaitEvent[]): Report[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case 'dev.gait.task.opened.v1':
      case 'dev.gait.task.updated.v1':
      case 'dev.gait.task.merged.v1':
      case 'dev.gait.task.closed.v1':
        return [event.data.task];
      default:
        return [];
    }
  });
}

function defined<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

/** The first report stands; each other value makes one sentence. Without regard to case. */
function firstStanding(
  what: string,
  values: readonly string[],
): { first: string | null; anomalies: string[] } {
  const first = values[0] ?? null;
  const others = new Map(values.map((value) => [value.toLowerCase(), value]));
  if (first !== null) others.delete(first.toLowerCase());
  const anomalies = [...others.values()].map(
    (other) => `The ${what} was first reported as "${first}" and later as "${other}"; the first stands.`,
  );
  return { first, anomalies };
}

function mergeAgent(reports: readonly Report[], key: string | null): TaskAgent | null {
  if (key === null) return null;
  const same = defined(reports.map(({ agent }) => agent)).filter((agent) => isSameLogin(agent.key, key));
  const firstOf = (pick: (agent: (typeof same)[number]) => string | undefined) =>
    defined(same.map(pick))[0] ?? null;
  return {
    key,
    name: firstOf(({ name }) => name),
    vendor: firstOf(({ vendor }) => vendor),
    model: firstOf(({ model }) => model),
    version: firstOf(({ version }) => version),
  };
}

function latestOverride(events: readonly GaitEvent[]): CategoryOverride | null {
  const latest = events.findLast((event) => event.type === 'dev.gait.task.classified.v1');
  if (latest?.type !== 'dev.gait.task.classified.v1') return null;
  const { category, by, reason } = latest.data;
  return { category, by, reason, at: latest.at };
}

/**
 * Merges all reports of a task, given in record order. Agent, requester, team and repository: the first stands,
 * and a contradiction becomes an anomaly. Everything else: the latest report that says something wins.
 */
export function mergeFacts(
  ref: string,
  events: readonly GaitEvent[],
): { facts: TaskFacts; people: TaskPeople; anomalies: string[] } {
  const reports = reportsIn(events);
  const latest = <T>(pick: (report: Report) => T | undefined) => defined(reports.map(pick)).at(-1);
  const agent = firstStanding('agent', defined(reports.map((report) => report.agent?.key)));
  const team = firstStanding('team', defined(reports.map((report) => report.team)));
  const repository = firstStanding('repository', defined(reports.map((report) => report.repository)));
  const requesters = defined(reports.map((report) => report.requester));
  const requester = firstStanding('requester', defined(requesters.map(({ login }) => login)));
  return {
    facts: {
      ref,
      title: latest(({ title }) => title) ?? null,
      url: latest(({ url }) => url) ?? null,
      repository: repository.first,
      team: team.first,
      agent: mergeAgent(reports, agent.first),
      givenCategory: latest(({ category }) => category) ?? null,
      override: latestOverride(events),
      labels: latest(({ labels }) => labels) ?? [],
      paths: latest(({ paths }) => paths) ?? [],
      additions: latest(({ additions }) => additions) ?? null,
      deletions: latest(({ deletions }) => deletions) ?? null,
      files: latest(({ files }) => files) ?? null,
    },
    people: {
      requester: requesters[0] ?? null,
      otherRequesters: requesters.filter(({ login }) => !isSameLogin(login, requesters[0]?.login ?? '')),
      authors: reports.flatMap(({ authors }) => authors ?? []),
    },
    anomalies: [agent, requester, repository, team].flatMap(({ anomalies }) => anomalies),
  };
}
