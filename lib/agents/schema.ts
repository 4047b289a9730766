import { z } from 'zod';

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max.toLocaleString('en')} characters.`);
const optional = (max: number) =>
  line(max)
    .transform((value) => value || null)
    .default(null);

export const registerAgentSchema = z.object({
  key: line(200).min(1, 'Give the key that evidence names it by, such as claude-code.'),
  name: line(200).min(1, 'Give it a name.'),
  sponsor: z.uuid('Choose the person who answers for it.'),
  vendor: optional(200),
  model: optional(200),
  scope: optional(2000),
});
