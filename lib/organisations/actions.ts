'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { writeSessionCookie } from '@/lib/platform/session-cookie';
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
    const { slug, secret, lifeMs } = await replaceSample(ctx, name);
    await writeSessionCookie(secret, lifeMs);
    redirect(`/${encodeURIComponent(slug)}`);
  },
);
