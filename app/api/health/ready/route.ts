import { systemClock } from '@/lib/platform/clock';
import { knownTrouble } from '@/lib/platform/clock-watch';
import { askDatabase } from '@/lib/platform/health';
import { methods, route } from '@/lib/platform/http';

/**
 * Ready = the database answers. A load balancer asks this; it says nothing about anybody's data. A clock in doubt takes no server away: what
 * could do harm rests by itself.
 */
export const dynamic = 'force-dynamic';

const read = route(async () => {
  await askDatabase();
  const warning = knownTrouble(systemClock);
  return Response.json({ status: 'ready', ...(warning && { warning }) });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
