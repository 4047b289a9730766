import { createOrganisation } from '@/lib/organisations/mutations';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx, OrgId, Role } from '@/lib/platform/ctx';
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
  owner: Ctx;
  /** Adds a person, and answers with their context. */
  person(name: string, role?: Role): Promise<Ctx>;
  /** Another token, of other scopes or for a shorter time. */
  newToken(options?: { scopes?: ScopeKey[]; days?: number }): Promise<{ id: string; secret: string }>;
};

type Options = { name?: string; isSample?: boolean; clock?: Clock };

/** An organisation with its owner and one token for evidence, in the database of the test file. */
export async function anOrganisation({
  name = 'Acme',
  isSample = false,
  clock = aClock(),
}: Options = {}): Promise<TestOrganisation> {
  const owner = { name: 'Olga Owner', role: 'owner' } as const;
  const { orgId, slug, personId } = await createOrganisation({ name, isSample, owner }, clock);
  const contextOf = (person: { id: string; name: string; role: Role }): Ctx => ({
    orgId,
    actor: {
      kind: 'user',
      personId: person.id,
      name: person.name,
      role: person.role,
      sessionId: newId(),
    },
    clock,
    requestId: newId(),
  });
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'test' }, clock, requestId: newId() };
  const ownerCtx = contextOf({ id: personId, ...owner });
  const newToken: TestOrganisation['newToken'] = ({ scopes, days = 365 } = {}) =>
    createToken(ownerCtx, { name: 'CI', scopes: scopes ?? ['events:write'], days });
  return {
    orgId,
    slug,
    clock,
    ctx,
    owner: ownerCtx,
    token: (await newToken()).secret,
    newToken,
    person: async (personName, role = 'lead') => {
      const id = newId();
      await inOrg(orgId, (tx) =>
        tx.person.create({
          data: { orgId, id, name: personName, handles: [], role, createdAt: clock.now() },
        }),
      );
      return contextOf({ id, name: personName, role });
    },
  };
}
