import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { requireFresh } from '@/lib/sessions/fresh';

/** Who sets up how people sign in: owners and admins, who have just proven who they are. */
export async function allowSetup(ctx: Ctx): Promise<void> {
  await allow(ctx, 'manageSignIn');
  requireFresh(ctx);
}
