'use server';

import { formAction } from '@/lib/sessions/form-action';
import { registerAgent } from './mutations';
import { registerAgentSchema } from './schema';

export const registerAgentAction = formAction(
  registerAgentSchema,
  (form) => Object.fromEntries(form),
  async (ctx, input) => {
    await registerAgent(ctx, input);
    return { message: `${input.name} is registered.` };
  },
);
