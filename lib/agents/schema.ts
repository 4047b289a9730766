import { z } from 'zod';
import { nameLine, textLine } from '@/lib/domain/text-line';

const optional = (max: number) =>
  textLine(max)
    .transform((value) => value || null)
    .default(null);

export const registerAgentSchema = z.object({
  key: textLine(200).min(1, 'Give the key that evidence names it by, such as claude-code.'),
  name: nameLine(200, 'Give it a name.'),
  sponsor: z.uuid('Choose the person who answers for it.'),
  vendor: optional(200),
  model: optional(200),
  scope: optional(2000),
});
