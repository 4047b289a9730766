import { z } from 'zod';
import { nameLine } from '@/lib/domain/text-line';
import { TOKEN_SCOPES } from './ability';

const KEYS = TOKEN_SCOPES.map(({ key }) => key);

/** A token's longest life, and the one it gets when nobody says, in days. */
export const MAX_TOKEN_DAYS = 365;
export const DEFAULT_TOKEN_DAYS = 90;

export const createTokenSchema = z.object({
  name: nameLine(100, 'Say what the token is for.'),
  scopes: z.array(z.enum(KEYS, 'This scope is not known.')).min(1, 'Choose at least one scope.'),
  days: z.coerce
    .number('Give a whole number of days.')
    .int('Give a whole number of days.')
    .min(1, 'At least one day.')
    .max(MAX_TOKEN_DAYS, `At most ${MAX_TOKEN_DAYS} days.`)
    .default(DEFAULT_TOKEN_DAYS),
  /** Slug of the only team that it speaks for; the whole organisation, when absent. */
  team: z
    .string()
    .trim()
    .max(100)
    .transform((value) => value || undefined)
    .optional(),
});

/** How long a replaced token goes on working, in hours, so that what uses it has time to change over. */
export const OVERLAPS = [0, 1, 24, 168] as const;
export const DEFAULT_OVERLAP_HOURS = 24;

export const replaceTokenSchema = z.object({
  id: z.uuid('This token is not known.'),
  overlap: z.coerce
    .number('Give a whole number of hours.')
    .int('Give a whole number of hours.')
    .min(0, 'At least 0 hours.')
    .max(168, 'At most 168 hours.')
    .default(DEFAULT_OVERLAP_HOURS),
});

export const revokeTokenSchema = z.object({ id: z.uuid('This token is not known.') });
