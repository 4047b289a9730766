import { recordAudit } from '@/lib/audit/record';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { createSignInLink } from '@/lib/sessions/mutations';
import { mayUseLinks } from '../break-glass';

/** Makes a link for somebody, for whoever has the server's own shell: the way in when every other is shut. None that would be refused. */
export async function createLinkFor(
  ctx: Ctx,
  who: string | undefined,
): Promise<{ link: string; name: string }> {
  const { orgId, clock } = ctx;
  const person = await inOrg(orgId, async (tx) => {
    const found = await tx.person.findMany({
      where: {
        orgId,
        removedAt: null,
        ...(who === undefined
          ? { grants: { some: { team: '', role: 'owner' } } }
          : {
              OR: [
                { name: { equals: who, mode: 'insensitive' } },
                { email: { equals: who, mode: 'insensitive' } },
              ],
            }),
      },
      orderBy: [{ breakGlass: 'desc' }, { createdAt: 'asc' }],
      select: { id: true, name: true },
      take: 2,
    });
    const [first, second] = found;
    if (!first) throw new AppError('not_found', `There is nobody here called ${who ?? 'an owner'}.`);
    if (second && who !== undefined)
      throw new AppError('invalid', `There are several people called ${who}: give the e-mail address.`);
    if (!(await mayUseLinks(tx, orgId, first.id)))
      throw new AppError(
        'conflict',
        `Single sign-on is enforced, and ${first.name} may not break the glass: a link would not sign them in. End the enforcement first, with npx gait sso allow-others.`,
      );
    await recordAudit(tx, ctx, { act: 'sign_in_link.created', target: `person:${first.id}` });
    return first;
  });
  const secret = await createSignInLink(orgId, person.id, 'owner link', clock);
  return { link: `${publicUrl()}/sign-in?link=${secret}`, name: person.name };
}
