import { askDatabase } from '@/lib/platform/health';
import { route } from '@/lib/platform/http';

/** Ready = the database answers. A load balancer asks this; it says nothing about anybody's data. */
export const dynamic = 'force-dynamic';

export const GET = route(async () => {
  await askDatabase();
  return Response.json({ status: 'ready' });
});
