import type { z } from 'zod';
import { plainIssue } from '@/lib/domain/plain-issue';
import { AppError } from './errors';

/** The query of a request against its schema; an unknown, wrong or repeated parameter is named. */
export function readQuery<S extends z.ZodType>(request: Request, schema: S): z.infer<S> {
  const { searchParams } = new URL(request.url);
  const query = Object.fromEntries(searchParams);
  const parsed = schema.safeParse(query, { error: plainIssue });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = issue?.path.join('.');
    throw new AppError(
      'bad_request',
      name ? `The parameter ${name} ${issue?.message}.` : `The query ${issue?.message}.`,
    );
  }
  const names = Object.keys(query);
  // No name holds NUL, and the database would not take it.
  const strange = names.find((name) => query[name]?.includes('\u0000'));
  if (strange !== undefined)
    throw new AppError('bad_request', `The parameter ${strange} holds a NUL character.`);
  const repeated = repeatedIn(searchParams, names);
  if (repeated !== undefined)
    throw new AppError('bad_request', `The parameter ${repeated} may be given only once.`);
  return parsed.data;
}

/** The first of these parameters that is given more than once. */
export function repeatedIn(query: URLSearchParams, names: readonly string[]): string | undefined {
  return names.find((name) => query.getAll(name).length > 1);
}
