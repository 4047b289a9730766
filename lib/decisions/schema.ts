import { z } from 'zod';

export const decideSchema = z
  .object({
    id: z.uuid('This recommendation is not known.'),
    action: z.enum(['accept', 'decline'], 'Choose accept or decline.'),
    reason: z.string().trim().max(2000, 'At most 2,000 characters.').default(''),
  })
  .refine(({ action, reason }) => action === 'accept' || reason !== '', {
    message: 'Say why you decline, so that others understand.',
    path: ['reason'],
  });

export type Decide = z.infer<typeof decideSchema>;
