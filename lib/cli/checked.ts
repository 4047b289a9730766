import type { z } from 'zod';
import { plainIssue } from '@/lib/domain/plain-issue';
import { AppError } from '@/lib/platform/errors';

/** A command's arguments against the schema its verb is called with. @param flags what was typed for a field, where that is no argument */
export function checked<S extends z.ZodType>(
  schema: S,
  input: unknown,
  flags: Readonly<Record<string, string>> = {},
): z.infer<S> {
  const parsed = schema.safeParse(input, { error: plainIssue });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0]);
  throw new AppError('bad_request', `${flags[field] ?? field}: ${issue?.message}`);
}
