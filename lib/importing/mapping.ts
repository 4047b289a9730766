import { z } from 'zod';
import { plainIssue } from '@/lib/domain/plain-issue';
import { AppError } from '@/lib/platform/errors';
import { type Columns, fieldsOf, type TableKind } from './fields';
import aidev from './mappings/aidev.json' with { type: 'json' };

const name = z.string().min(1).max(200);

const columnsOf = <K extends TableKind>(kind: K) =>
  z.partialRecord(z.enum(fieldsOf(kind)), name) as unknown as z.ZodType<Columns<K>>;

/** How the tables of a data set are read. Everything is optional: what it does not say is guessed from the header. */
const mappingSchema = z.strictObject({
  $comment: z.string().optional(),
  /** Becomes the events' source, `import:<name>`: what was imported under one name is not imported again. */
  name: z.string().regex(/^[\w.-]{1,100}$/, 'must consist of letters, digits, dots and hyphens'),
  /** Endings of the files' names, by which a folder is searched and sibling tables are found. */
  files: z.partialRecord(z.enum(['pullRequests', 'reviews', 'timeline']), name).optional(),
  /** The task's ref, such as `github:{repository}#{number}`. */
  ref: z.string().max(300).optional(),
  team: z.string().max(100).optional(),
  agent: name.optional(),
  pullRequests: columnsOf('pullRequests').optional(),
  reviews: columnsOf('reviews').optional(),
  timeline: columnsOf('timeline').optional(),
  /** The file's own words for kinds of work, and the categories they mean. */
  categories: z.record(z.string(), name).optional(),
});

export type Mapping = z.infer<typeof mappingSchema>;

/** The mappings that Gait brings along. */
const BUILT_IN: Readonly<Record<string, unknown>> = { aidev };

export const BUILT_IN_MAPPINGS: readonly string[] = Object.keys(BUILT_IN);

export function builtInMapping(named: string): Mapping | null {
  return Object.hasOwn(BUILT_IN, named) ? mappingSchema.parse(BUILT_IN[named]) : null;
}

/** Reads a mapping file. @param where its path, for the message when it is wrong */
export function parseMapping(text: string, where: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid', `The mapping ${where} is not JSON: ${String(error)}`);
  }
  const parsed = mappingSchema.safeParse(value, { error: plainIssue });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the mapping'}: ${message}`,
  );
  throw new AppError('invalid', `The mapping ${where} cannot be used. ${problems.join('; ')}.`);
}
