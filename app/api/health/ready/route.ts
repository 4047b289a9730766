import { askDatabase } from '@/lib/platform/health';
import { methods, route } from '@/lib/platform/http';

/** Ready = the database answers. A load balancer asks this; it says nothing about anybody's data. */
export const dynamic = 'force-dynamic';

const read = route(async () => {
  await askDatabase();
  return Response.json({ status: 'ready' });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
