import type { GaitEvent } from './event';
import { plural } from './plural';
import { slugOf } from './slug';

/** An event, with the slug of the only team that its sender speaks for; null = the organisation. */
export type SentEvent = GaitEvent & { readonly senderTeam: string | null };

/** What one event says about whose a task is. */
export type Claim = {
  /** Names of the team and the repository, as reported; null where nothing was said. */
  readonly team: string | null;
  readonly repository: string | null;
  readonly senderTeam: string | null;
};

const FORGE_REF = /^[a-z][a-z0-9+.-]*:(?<repository>[^\s#!:]+\/[^\s#!]+)[#!]\d+$/i;

/** The repository in a reference of the form `github:owner/repo#123`; null in any other. */
export function repositoryInRef(ref: string): string | null {
  return FORGE_REF.exec(ref)?.groups?.repository ?? null;
}

/**
 * The team that a task belongs to, as a slug; null while nobody has said. A team that the organisation's own senders name comes first,
 * then the team of its repository, then the team whose token reported it first: so no token can take what is another team's.
 * @param claims in record order
 */
export function ownerOf(
  ref: string,
  claims: readonly Claim[],
  teamOfRepository: ReadonlyMap<string, string>,
): string | null {
  const trusted = claims.filter(({ senderTeam }) => senderTeam === null);
  const named = trusted.find(({ team }) => team !== null)?.team;
  if (named) return slugOf(named);
  // Of the teams' tokens the first alone says which repository it is of: a later one could name its own.
  const first = claims.find(({ senderTeam }) => senderTeam !== null)?.senderTeam ?? null;
  const repository = [
    ...trusted.map((claim) => claim.repository),
    repositoryInRef(ref),
    ...claims.filter(({ senderTeam }) => senderTeam === first).map((claim) => claim.repository),
  ].find((name) => name !== null);
  return (repository && teamOfRepository.get(repository)) || first;
}

/** What a report of a task claims; null for an event that reports none. */
export function claimOf(event: GaitEvent, senderTeam: string | null): Claim | null {
  switch (event.type) {
    case 'dev.gait.task.opened.v1':
    case 'dev.gait.task.updated.v1':
    case 'dev.gait.task.merged.v1':
    case 'dev.gait.task.closed.v1': {
      const { team = null, repository = null } = event.data.task;
      return { team, repository, senderTeam };
    }
    default:
      return null;
  }
}

/** Events of a subject without those whose sender speaks for another team than its owner, and a sentence about each such team. */
export function withoutForeign(
  events: readonly SentEvent[],
  owner: string | null,
): { own: SentEvent[]; anomalies: string[] } {
  const isForeign = ({ senderTeam }: SentEvent) =>
    owner !== null && senderTeam !== null && senderTeam !== owner;
  const foreign = Map.groupBy(events.filter(isForeign), ({ senderTeam }) => senderTeam ?? '');
  return {
    own: events.filter((event) => !isForeign(event)),
    anomalies: [...foreign]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(
        ([team, sent]) =>
          `${plural(sent.length, 'event')} from tokens of ${team} ${sent.length === 1 ? 'does' : 'do'} not count: the task belongs to ${owner}.`,
      ),
  };
}
