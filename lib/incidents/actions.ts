'use server';

import { formAction } from '@/lib/sessions/form-action';
import { linkIncident, recordIncident } from './mutations';
import { linkIncidentSchema, recordIncidentSchema } from './schema';

export const recordIncidentAction = formAction(
  recordIncidentSchema,
  (form) => Object.fromEntries(form),
  async (ctx, input) => {
    const { workIds } = await recordIncident(ctx, input);
    return { workIds, message: `Recorded ${input.ref}.` };
  },
);

export const linkIncidentAction = formAction(
  linkIncidentSchema,
  (form) => Object.fromEntries(form),
  async (ctx, input) => {
    const { workIds } = await linkIncident(ctx, input);
    return {
      workIds,
      message: input.status === 'confirmed' ? 'Confirmed, and charged to the task.' : 'Noted: not related.',
    };
  },
);
