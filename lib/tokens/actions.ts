'use server';

import { formAction } from '@/lib/sessions/form-action';
import { createToken, revokeToken } from './mutations';
import { createTokenSchema, revokeTokenSchema } from './schema';

export const createTokenAction = formAction(
  createTokenSchema,
  (form) => ({ name: form.get('name'), scopes: form.getAll('scopes'), days: form.get('days') }),
  async (ctx, input) => {
    const { secret } = await createToken(ctx, input);
    return { secret, message: 'The token is made. Copy it now: it is shown only once.' };
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
