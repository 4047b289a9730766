import type { z } from 'zod';
import { plainIssue } from '@/lib/domain/plain-issue';
import { AppError } from './errors';

/** The query of a request against its schema; an unknown or wrong parameter is named. */
export function readQuery<S extends z.ZodType>(request: Request, schema: S): z.infer<S> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = schema.safeParse(query, { error: plainIssue });
  // No name holds NUL, and the database would not take it.
  const [strange] = Object.entries(query).find(([, value]) => value.includes('\u0000')) ?? [];
  if (parsed.success && strange === undefined) return parsed.data;
  if (parsed.success) throw new AppError('bad_request', `The parameter ${strange} holds a NUL character.`);
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.');
  throw new AppError(
    'bad_request',
    name ? `The parameter ${name} ${issue?.message}.` : `The query ${issue?.message}.`,
  );
}
