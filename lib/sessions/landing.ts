import 'server-only';
import { systemClock } from '@/lib/platform/clock';
import { clearReturnCookie, readReturnCookie } from '@/lib/platform/session-cookie';
import { arrivalOf, readReadingLink } from './reading-link';

/** Where somebody comes to who has just signed in: the page that they asked for before, or else the overview of their organisation. */
export async function landingOf({ slug, personId }: { slug: string; personId: string }): Promise<string> {
  const home = `/${encodeURIComponent(slug)}`;
  const sealed = await readReturnCookie();
  if (sealed === null) return home;
  await clearReturnCookie();
  const reading = readReadingLink(sealed, systemClock.now());
  return reading?.path.startsWith(`${home}/`) ? arrivalOf(reading, personId) : home;
}
