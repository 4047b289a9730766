import { z } from 'zod';
import { ROLES, TEAM_ROLES } from '@/lib/domain/ability';
import { nameLine } from '@/lib/domain/text-line';

/** A role as forms name it: `lead` in the organisation, or `lead@payments` in a team. */
export const roleSchema = z
  .string()
  .transform((text) => {
    const at = text.indexOf('@');
    return at < 0 ? { role: text, team: null } : { role: text.slice(0, at), team: text.slice(at + 1) };
  })
  .pipe(
    z.union(
      [
        z.object({ role: z.enum(ROLES), team: z.null() }),
        z.object({ role: z.enum(TEAM_ROLES), team: z.string().min(1).max(100) }),
      ],
      'Choose a role.',
    ),
  );

export const inviteSchema = z.object({
  name: nameLine(200, 'Say who it is.'),
  email: z
    .union([z.literal(''), z.email('Give an e-mail address, or leave it out.').max(320)])
    .transform((email) => email.toLowerCase() || null),
  role: roleSchema,
});

export const memberSchema = z.object({ person: z.uuid('This person is not known.') });
export const breakGlassSchema = memberSchema.extend({ to: z.enum(['on', 'off']) });
/** All sessions of a person, or one of them. */
export const endSessionsSchema = memberSchema.extend({
  session: z.union([z.literal('').transform(() => undefined), z.uuid()]).optional(),
});

export const grantSchema = memberSchema.extend({ role: roleSchema });
export const invitationSchema = z.object({ invitation: z.uuid('This invitation is not known.') });

export type Invite = z.infer<typeof inviteSchema>;
