'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { enterSession } from '@/lib/sessions/enter';
import { formAction } from '@/lib/sessions/form-action';
import { replaceSample } from './remove-sample';

const removeSampleSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Name your own organisation: that confirms it.')
    .max(100, 'At most 100 characters.'),
});

export const removeSampleAction = formAction(
  removeSampleSchema,
  (form) => ({ name: form.get('name') }),
  async (ctx, { name }) => {
    const opened = await replaceSample(ctx, name);
    redirect(await enterSession(opened));
  },
);
