'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { systemClock } from '@/lib/platform/clock';
import { publicUrl } from '@/lib/platform/env';
import type { FormState } from '@/lib/platform/form-state';
import { enterSession } from '@/lib/sessions/enter';
import { answering, formAction } from '@/lib/sessions/form-action';
import { whoAsks } from '@/lib/sessions/who-asks';
import { endSessionsOf, removePerson, restorePerson } from './mutations/access';
import { setBreakGlass } from './mutations/break-glass';
import { invitePerson, revokeInvitation } from './mutations/invitations';
import { joinByInvitation } from './mutations/join';
import { giveRole, takeRole } from './mutations/roles';
import {
  breakGlassSchema,
  endSessionsSchema,
  grantSchema,
  invitationSchema,
  inviteSchema,
  memberSchema,
} from './schema';

const fields = (form: FormData) => Object.fromEntries(form);

export const invitePersonAction = formAction(inviteSchema, fields, async (ctx, input) => {
  const { secret } = await invitePerson(ctx, input);
  return {
    secret: `${publicUrl()}/join?invitation=${secret}`,
    message: `${input.name} is invited. Send them this link; it works once, for a week.`,
  };
});

export const revokeInvitationAction = formAction(invitationSchema, fields, async (ctx, input) => {
  await revokeInvitation(ctx, input);
  return { message: 'The invitation is taken back.' };
});

export const giveRoleAction = formAction(grantSchema, fields, async (ctx, input) => {
  await giveRole(ctx, input);
  return { message: 'The role is theirs from now on.' };
});

export const takeRoleAction = formAction(grantSchema, fields, async (ctx, input) => {
  await takeRole(ctx, input);
  return { message: 'The role is taken away.' };
});

export const setBreakGlassAction = formAction(breakGlassSchema, fields, async (ctx, { person, to }) => {
  await setBreakGlass(ctx, { person, to: to === 'on' });
  return { message: to === 'on' ? 'They may break the glass.' : 'They may no longer break the glass.' };
});

export const endSessionsAction = formAction(endSessionsSchema, fields, async (ctx, input) => {
  const count = await endSessionsOf(ctx, input);
  return {
    message:
      count === 0
        ? 'No session was open.'
        : count === 1
          ? 'The session is ended.'
          : `${count} sessions are ended.`,
  };
});

export const removePersonAction = formAction(memberSchema, fields, async (ctx, input) => {
  await removePerson(ctx, input);
  return { message: 'Removed: nothing of theirs works any more.' };
});

export const restorePersonAction = formAction(memberSchema, fields, async (ctx, input) => {
  await restorePerson(ctx, input);
  return { message: 'They may sign in again.' };
});

export async function acceptInvitationAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answering(form, async () => {
    const userAgent = (await headers()).get('user-agent');
    const invitation = String(form.get('invitation') ?? '');
    const opened = await joinByInvitation(invitation, { client: await whoAsks(), userAgent }, systemClock);
    redirect(await enterSession(opened));
  });
}
