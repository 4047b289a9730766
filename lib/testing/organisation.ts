import type { Grant, Role } from '@/lib/domain/ability';
import { createOrganisation } from '@/lib/organisations/mutations';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx, OrgId, UserActor } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import type { ScopeKey } from '@/lib/tokens/ability';
import { createToken } from '@/lib/tokens/mutations';
import { aClock } from './clock';

export type TestOrganisation = {
  orgId: OrgId;
  slug: string;
  clock: Clock;
  /** The secret of a token that may record events. */
  token: string;
  /** The context of a job: may do what no person has to be named for. */
  ctx: Ctx;
  owner: Ctx & { actor: UserActor };
  /** Adds a person with a role in the organisation, or in one team, and answers with their context. */
  person(name: string, role?: Role, team?: string): Promise<Ctx & { actor: UserActor }>;
  /** Another token, of other scopes, for a shorter time or for one team (its slug). */
  newToken(options?: {
    scopes?: ScopeKey[];
    days?: number;
    team?: string;
  }): Promise<{ id: string; secret: string }>;
};

type Options = { name?: string; isSample?: boolean; clock?: Clock };

/** An organisation with its owner and one token for evidence, in the database of the test file. */
export async function anOrganisation({
  name = 'Acme',
  isSample = false,
  clock = aClock(),
}: Options = {}): Promise<TestOrganisation> {
  const owner = { name: 'Olga Owner' };
  const { orgId, slug, personId } = await createOrganisation({ name, isSample, owner }, clock);
  const contextOf = (id: string, personName: string, grant: Grant): Ctx & { actor: UserActor } => ({
    orgId,
    actor: {
      kind: 'user',
      personId: id,
      name: personName,
      grants: [grant],
      sessionId: newId(),
      via: 'owner link',
      authenticatedAt: clock.now().getTime(),
    },
    clock,
    requestId: newId(),
  });
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'test' }, clock, requestId: newId() };
  const ownerCtx = contextOf(personId, owner.name, { role: 'owner', team: null });
  const newToken: TestOrganisation['newToken'] = ({ scopes, days = 365, team } = {}) =>
    createToken(ownerCtx, { name: 'CI', scopes: scopes ?? ['events:write'], days, team });
  return {
    orgId,
    slug,
    clock,
    ctx,
    owner: ownerCtx,
    token: (await newToken()).secret,
    newToken,
    person: async (personName, role = 'lead', team) => {
      const id = newId();
      const at = clock.now();
      await inOrg(orgId, async (tx) => {
        await tx.person.create({ data: { orgId, id, name: personName, handles: [], createdAt: at } });
        await tx.roleGrant.create({
          data: { orgId, personId: id, team: team ?? '', role, source: 'manual', grantedAt: at },
        });
      });
      return contextOf(id, personName, { role, team: team ?? null });
    },
  };
}
