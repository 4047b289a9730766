import { z } from 'zod';

/** The base that a directory is given. */
export const SCIM_PATH = '/api/scim/v2';

export const DEFAULT_COUNT = 100;
export const MOST_COUNT = 500;
/** A group of 20,000 members, as the most talkative directory writes it, fits. */
export const SCIM_BODY = { bytes: 4 * 1024 * 1024, depth: 20, values: 200_000 } as const;

const wholeNumber = z.coerce.number().int();
const paths = z
  .string()
  .max(2_000)
  .transform((text) =>
    text
      .split(',')
      .map((path) => path.trim())
      .filter((path) => path !== ''),
  );

/** `attributes` and `excludedAttributes` (RFC 7644 §3.9). */
export const projectionSchema = z.object({
  attributes: paths.default([]),
  excludedAttributes: paths.default([]),
});

/** Of a list. A page begins at 1 and has no negative length (RFC 7644 §3.4.2.4); sorting is not supported, so it is ignored. */
export const listQuerySchema = projectionSchema.extend({
  filter: z.string().optional(),
  startIndex: wholeNumber.default(1).transform((index) => Math.max(1, Math.min(index, 2 ** 31 - 1))),
  count: wholeNumber.default(DEFAULT_COUNT).transform((count) => Math.max(0, Math.min(count, MOST_COUNT))),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

export const directoryTokenSchema = z.object({ connection: z.uuid('This connection is not known.') });
