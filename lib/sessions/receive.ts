import 'server-only';
import { systemClock } from '@/lib/platform/clock';
import { clearReturnCookie, writeReturnCookie } from '@/lib/platform/session-cookie';
import { currentSession } from './gate';
import { arrivalOf, readReadingLink } from './reading-link';

/**
 * Follows the link of a mail, or the way of whoever came to a page without being signed in: who is signed in comes to the page, others to
 * sign-in first, and from there to it.
 * @returns the path to go to
 */
export async function followReadingLink(sealed: string): Promise<string> {
  const reading = readReadingLink(sealed, systemClock.now());
  const session = await currentSession();
  if (!reading) return session ? '/' : '/login?problem=mail';
  if (session) {
    await clearReturnCookie();
    return arrivalOf(reading, session.person.id);
  }
  await writeReturnCookie(sealed);
  return reading.personId === null ? '/login' : '/login?problem=first';
}
