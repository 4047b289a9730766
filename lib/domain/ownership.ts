import type { GaitEvent, RecordPlace } from './event';
import { plural } from './plural';

/** What a report says about whose task or incident it is about. Names as reported; null where it says nothing. */
export type Claim = RecordPlace & { readonly team: string | null; readonly repository: string | null };

/** What an organisation knows of its teams. */
export type TeamRules = {
  /** Team slug by repository, where somebody has said it. */
  readonly teamOfRepository: ReadonlyMap<string, string>;
  /** The slug of a team that goes by this name. */
  readonly slugOfTeam: (name: string) => string;
};

export type Owner = { readonly slug: string; readonly name: string };

/** The claim that an event makes; null for one that only names its subject, such as a review: that makes nobody its owner. */
export function claimOf({ type, data, ...place }: GaitEvent, subject: 'task' | 'incident'): Claim | null {
  if (!CLAIMS[subject].some((one) => one === type)) return null;
  const { team, repository } =
    (data as { [S in typeof subject]?: { team?: string; repository?: string } })[subject] ?? {};
  return { ...place, team: team ?? null, repository: repository ?? null };
}

/** The types of events that claim a subject. */
export const CLAIMS = {
  task: [
    'dev.gait.task.opened.v1',
    'dev.gait.task.updated.v1',
    'dev.gait.task.merged.v1',
    'dev.gait.task.closed.v1',
  ],
  incident: ['dev.gait.incident.opened.v1'],
} as const satisfies Record<string, readonly GaitEvent['type'][]>;

/** `github:acme/shop#42`, `gitlab:acme/web/shop!42`: a change of a repository, by its number. */
const REF_OF_CHANGE = /^[a-z][a-z0-9+.-]*:([^/\s]+(?:\/[^/\s]+)+?)[#!]\d+$/;

/**
 * The repository of a task: as the organisation named it first, or else as the ref says, or else as a team named it. So no team
 * draws another's task to itself by naming a repository of its own.
 * @param claims in record order, as everywhere here
 */
export function repositoryOf(ref: string, claims: readonly Claim[]): string | null {
  const named = claims.filter(({ repository }) => repository !== null);
  const ofOrganisation = named.find(({ senderTeam }) => !senderTeam);
  return ofOrganisation?.repository ?? REF_OF_CHANGE.exec(ref)?.[1] ?? named[0]?.repository ?? null;
}

/**
 * Whose a task is: the team that the organisation named first, or else its repository's, or else the one whose token reported it
 * first. Null while nobody has said. Neither the order of arrival nor when a repository was assigned has a say.
 */
export function ownerOfTask(ref: string, claims: readonly Claim[], rules: TeamRules): Owner | null {
  const repository = repositoryOf(ref, claims);
  const assigned = repository === null ? undefined : rules.teamOfRepository.get(repository);
  return (
    namedOwner(claims, rules) ??
    (assigned === undefined ? null : { slug: assigned, name: assigned }) ??
    firstClaimant(claims, rules)
  );
}

/** Whose an incident is: the team that the organisation named last, or else the one whose token reported it first. */
export function ownerOfIncident(claims: readonly Claim[], rules: TeamRules): Owner | null {
  return namedOwner([...claims].reverse(), rules) ?? firstClaimant(claims, rules);
}

function namedOwner(claims: readonly Claim[], { slugOfTeam }: TeamRules): Owner | null {
  const name = claims.find(({ senderTeam, team }) => !senderTeam && team !== null)?.team;
  return name == null ? null : { slug: slugOfTeam(name), name };
}

function firstClaimant(claims: readonly Claim[], { slugOfTeam }: TeamRules): Owner | null {
  const slug = claims.find(({ senderTeam }) => senderTeam)?.senderTeam;
  if (!slug) return null;
  const own = claims.find(({ senderTeam, team }) => senderTeam === slug && team && slugOfTeam(team) === slug);
  return { slug, name: own?.team ?? slug };
}

/** Whether what a sender says of something with this owner counts. */
export function mayTell({ senderTeam }: Pick<RecordPlace, 'senderTeam'>, owner: Owner | null): boolean {
  return !senderTeam || senderTeam === owner?.slug;
}

/** The events of one task that count, and sentences about the others. `events` in record order. */
export function heardOf(
  events: readonly GaitEvent[],
  owner: Owner | null,
): { heard: GaitEvent[]; anomalies: string[] } {
  const unheard = Map.groupBy(
    events.filter((event) => !mayTell(event, owner)),
    ({ senderTeam }) => senderTeam ?? '',
  );
  const why = owner ? `the task belongs to ${owner.slug}` : 'nobody has said which team the task belongs to';
  const anomalies = [...unheard]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([team, { length }]) =>
        `${plural(length, 'event')} from tokens of ${team} ${length === 1 ? 'does' : 'do'} not count: ${why}.`,
    );
  return { heard: events.filter((event) => mayTell(event, owner)), anomalies };
}
