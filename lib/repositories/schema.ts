import { z } from 'zod';
import { teamSlugOf } from '@/lib/domain/team-slug';

export const assignRepositorySchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Name the repository, such as acme/shop.')
    .max(300, 'At most 300 characters.'),
  /** Name or slug of the team; null: of none. */
  team: z
    .string()
    .trim()
    .min(1, 'Name the team.')
    .max(100, 'At most 100 characters.')
    .transform(teamSlugOf)
    .nullable(),
});
