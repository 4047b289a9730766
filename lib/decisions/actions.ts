'use server';

import { formAction } from '@/lib/sessions/form-action';
import { decideRecommendation } from './mutations';
import { decideSchema } from './schema';

export const decideAction = formAction(
  decideSchema,
  (form) => ({
    id: form.get('recommendation'),
    action: form.get('action'),
    reason: form.get('reason') ?? '',
  }),
  async (ctx, input) => {
    const { workIds } = await decideRecommendation(ctx, input);
    return {
      workIds,
      message:
        input.action === 'accept'
          ? 'Accepted. The log has your name and the evidence.'
          : 'Declined. It comes back when ten more tasks have matured.',
    };
  },
);
