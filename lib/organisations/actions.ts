'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { nameLine } from '@/lib/domain/text-line';
import { enterSession } from '@/lib/sessions/enter';
import { formAction } from '@/lib/sessions/form-action';
import { replaceSample } from './remove-sample';

const removeSampleSchema = z.object({
  name: nameLine(100, 'Name your own organisation: that confirms it.'),
});

export const removeSampleAction = formAction(
  removeSampleSchema,
  (form) => ({ name: form.get('name') }),
  async (ctx, { name }) => {
    const opened = await replaceSample(ctx, name);
    redirect(await enterSession(opened));
  },
);
