import { createOrganisation } from '@/lib/organisations/mutations';
import { systemClock } from '@/lib/platform/clock';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { newId } from '@/lib/platform/ids';
import { createSignInLink, signIn } from '@/lib/sessions/mutations';
import { createToken } from '@/lib/tokens/mutations';

/** An organisation with a token that may record, and the cookie of someone who is signed in. */
export type BenchOrganisation = { orgId: OrgId; slug: string; token: string; session: string };

export async function createBenchOrganisation(name: string): Promise<BenchOrganisation> {
  const { orgId, personId } = await createOrganisation(
    { name, isSample: false, owner: { name: 'Bench' } },
    systemClock,
  );
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'bench' }, clock: systemClock, requestId: newId() };
  const token = await createToken(ctx, { name: 'bench', scopes: ['events:write', 'read'], days: 1 });
  const link = await createSignInLink(orgId, personId, 'owner link', systemClock);
  const { secret, slug } = await signIn(link, 'bench', systemClock);
  return { orgId, slug, token: token.secret, session: secret };
}

export const cookieOf = ({ session }: BenchOrganisation): string => `gait=${session}`;
