import 'server-only';
import { writeSessionCookie } from '@/lib/platform/session-cookie';
import { currentSession, requireSomebody } from './gate';
import { landingOf } from './landing';
import { type Opened, signOut } from './mutations';

/**
 * Gives the browser the session that was opened, and ends the one that it had: nobody could end that any more by signing out.
 * @returns the path where they come to
 */
export async function enterSession(opened: Opened): Promise<string> {
  if (await currentSession()) await signOut((await requireSomebody()).ctx);
  await writeSessionCookie(opened.secret, opened.lifeMs);
  return landingOf(opened);
}
