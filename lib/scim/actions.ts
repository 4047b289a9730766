'use server';

import { formAction } from '@/lib/sessions/form-action';
import { createDirectoryToken } from './mutations/tokens';
import { directoryTokenSchema } from './schema/query';

export const createDirectoryTokenAction = formAction(
  directoryTokenSchema,
  (form) => ({ connection: form.get('connection') }),
  async (ctx, input) => {
    const { secret, expiresAt } = await createDirectoryToken(ctx, input);
    return {
      secret,
      message: `The token is made, and works until ${expiresAt.toISOString().slice(0, 10)}. Copy it now.`,
    };
  },
);
