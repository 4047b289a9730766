import type { Grant, Role } from '@/lib/domain/ability';
import type { UserActor } from '@/lib/platform/ctx';

/** A row of `role_grant`: an empty team means the whole organisation. */
export type GrantRow = { team: string; role: string };

/** Roles as the database holds them. Only our own verbs write there, and they write known roles. */
export function grantsOf(rows: readonly GrantRow[]): Grant[] {
  return rows.map(({ team, role }) => ({ team: team === '' ? null : team, role: role as Role }));
}

type Session = {
  id: string;
  via: string;
  authenticatedAt: Date;
  person: { id: string; name: string; grants: readonly Grant[] };
};

/** The person behind a session, as the one who acts. */
export function actorOf({ id, via, authenticatedAt, person }: Session): UserActor {
  return {
    kind: 'user',
    personId: person.id,
    name: person.name,
    grants: person.grants,
    sessionId: id,
    via,
    authenticatedAt: authenticatedAt.getTime(),
  };
}
