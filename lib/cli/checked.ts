import type { z } from 'zod';
import { plainIssue } from '@/lib/domain/plain-issue';
import { AppError } from '@/lib/platform/errors';

/** A command's arguments against the schema its verb is called with. */
export function checked<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input, { error: plainIssue });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('bad_request', `${issue?.path.join('.')}: ${issue?.message}`);
}
