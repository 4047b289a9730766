'use server';

import { formAction } from '@/lib/sessions/form-action';
import { classifyTask, recordReview, recordTask } from './mutations';
import { classifyTaskSchema, recordReviewSchema, recordTaskSchema } from './schema';

export const recordTaskAction = formAction(
  recordTaskSchema,
  (form) => Object.fromEntries(form),
  async (ctx, input) => {
    const { workIds } = await recordTask(ctx, input);
    return { workIds, message: `Recorded ${input.ref}.` };
  },
);

export const recordReviewAction = formAction(
  recordReviewSchema,
  (form) => Object.fromEntries(form),
  recordReview,
);

export const classifyTaskAction = formAction(
  classifyTaskSchema,
  (form) => Object.fromEntries(form),
  async (ctx, input) => {
    const { workIds } = await classifyTask(ctx, input);
    return { workIds, message: 'Sorted anew. The change stands in the history with its reason.' };
  },
);
