import { z } from 'zod';
import { GEARS } from '@/lib/domain/gear';

/** What `GET /api/v1/lanes` may be narrowed by. */
export const laneQuerySchema = z.strictObject({
  team: z.string().max(100).optional(),
  category: z.string().max(100).optional(),
  gear: z.enum(GEARS, `must be one of ${GEARS.join(', ')}`).optional(),
  verdict: z
    .enum(['promote', 'hold', 'tighten', 'demote', 'insufficient_evidence'], 'is not a verdict')
    .optional(),
});

/** What an open page shows: all lanes, those of a team, or one. */
export const laneScopeSchema = laneQuerySchema.pick({ team: true, category: true });
