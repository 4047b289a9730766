import { z } from 'zod';

/** What the link of a mail says, sealed. */
export const readingLinkSchema = z.strictObject({ to: z.string().min(1).max(4_000) });
