import { z } from 'zod';
import { publicUrl } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { open, seal } from '@/lib/platform/seal';

const PURPOSE = 'reading link';

/** As long as a mail may lie unread and still lead somewhere. */
const LIFE_MS = 60 * 86_400_000;

/** As long as somebody may take to sign in. */
const DETOUR_MS = 15 * 60_000;

/** Longer ones fit into no cookie. */
const LONGEST_PATH = 1_500;

/**
 * A page that is to be read: its path, to whom it was mailed, if it was, and until when the link works (ms since 1970).
 */
type Reading = { path: string; personId: string | null; until: number };

/** A path of ours; `//host` would be somebody else's. */
const schema = z.object({
  path: z.string().regex(/^\/[^/\\]/),
  personId: z.uuid().nullable(),
  until: z.number(),
});

/**
 * The address in a mail that leads to a page, through sign-in where one is needed. It is sealed, so that nobody can make one that leads
 * elsewhere, and it gives no right: whoever follows it sees and does what they may.
 */
export function readingLink(path: string, personId: string, now: Date): string {
  return publicUrl() + goTo({ path, personId, until: now.getTime() + LIFE_MS });
}

/** Where somebody is sent who asks for a page and is not signed in: to sign-in, and from there back to it. */
export function detour(page: string | null, now: Date): string {
  if (page === null || page.length > LONGEST_PATH) return '/login';
  return goTo({ path: page, personId: null, until: now.getTime() + DETOUR_MS });
}

function goTo(reading: Reading): string {
  return `/api/go?to=${seal(JSON.stringify(reading), PURPOSE)}`;
}

/** @returns null of what Gait did not write, and of what works no more */
export function readReadingLink(sealed: string, now: Date): Reading | null {
  try {
    const reading = schema.parse(JSON.parse(open(sealed, PURPOSE)));
    return reading.until > now.getTime() ? reading : null;
  } catch (error) {
    if (isAppError(error) || error instanceof z.ZodError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Where a reader arrives; one to whom it was not mailed, but to somebody else, is told so there. */
export function arrivalOf({ path, personId }: Reading, readerId: string): string {
  if (personId === null || personId === readerId) return path;
  return `${path}${path.includes('?') ? '&' : '?'}sent=other`;
}
