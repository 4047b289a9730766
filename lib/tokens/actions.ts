'use server';

import { formAction } from '@/lib/sessions/form-action';
import { createToken, replaceToken, revokeToken } from './mutations';
import { createTokenSchema, replaceTokenSchema, revokeTokenSchema } from './schema';

export const createTokenAction = formAction(
  createTokenSchema,
  (form) => ({
    name: form.get('name'),
    scopes: form.getAll('scopes'),
    days: form.get('days'),
    team: form.get('team') ?? undefined,
  }),
  async (ctx, input) => {
    const { secret } = await createToken(ctx, input);
    return { secret, message: 'The token is made. Copy it now: it is shown only once.' };
  },
);

export const replaceTokenAction = formAction(
  replaceTokenSchema,
  (form) => ({ id: form.get('token'), overlap: form.get('overlap') }),
  async (ctx, input) => {
    const { secret, oldExpiresAt } = await replaceToken(ctx, input);
    const until = oldExpiresAt.toISOString().slice(0, 16).replace('T', ' ');
    return { secret, message: `The new token is made; the old one works until ${until} UTC.` };
  },
);

export const revokeTokenAction = formAction(
  revokeTokenSchema,
  (form) => ({ id: form.get('token') }),
  async (ctx, { id }) => {
    await revokeToken(ctx, id);
    return { message: 'The token is revoked.' };
  },
);
