import type { Grant } from '@/lib/domain/ability';
import type { Clock } from './clock';

declare const proven: unique symbol;

/** An organisation's id that a gate (session, token, job) has vouched for. Only gates mint it. */
export type OrgId = string & { readonly [proven]: 'OrgId' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Brands an organisation's id. For gates only: the caller has checked who asks. */
export function vouchForOrg(id: string): OrgId {
  if (!UUID.test(id)) throw new Error('An organisation id must be a lower-case UUID.');
  return id as OrgId;
}

/** A signed-in person: with their roles, and how and when (ms since 1970) they proved who they are. */
export type UserActor = {
  kind: 'user';
  personId: string;
  name: string;
  grants: readonly Grant[];
  sessionId: string;
  via: string;
  authenticatedAt: number;
};

/** A company's directory that provisions people, by the token of one connection. */
export type ScimActor = { kind: 'scim'; tokenId: string; name: string; connection: string };

/** Who does a deed. Every audit entry names one. */
export type Actor =
  | UserActor
  | { kind: 'token'; tokenId: string; name: string; scopes: readonly string[] }
  | ScimActor
  | { kind: 'job'; name: string };

/** Who records the invented evidence of the sample organisation. */
export const SAMPLE_ACTOR = { kind: 'job', name: 'sample' } as const satisfies Actor;

/** What every verb is called with: the organisation, who acts, and the clock. */
export type Ctx = { orgId: OrgId; actor: Actor; clock: Clock; requestId: string };

/** The actor as one short text, for columns that say who sent something. */
export function actorText(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `person:${actor.personId}`;
    case 'token':
      return `token:${actor.tokenId}`;
    case 'scim':
      return `scim:${actor.tokenId}`;
    case 'job':
      return `job:${actor.name}`;
    default:
      return actor satisfies never;
  }
}
