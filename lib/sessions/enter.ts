import 'server-only';
import { writeSessionCookie } from '@/lib/platform/session-cookie';
import { currentSession, requireSomebody } from './gate';
import { type Opened, signOut } from './mutations';

/** Gives the browser the session that was opened, and ends the one that it had: nobody could end that any more by signing out. */
export async function enterSession({ secret, lifeMs }: Opened): Promise<void> {
  if (await currentSession()) await signOut((await requireSomebody()).ctx);
  await writeSessionCookie(secret, lifeMs);
}
