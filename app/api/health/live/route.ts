import { methods, route } from '@/lib/platform/http';

export const dynamic = 'force-dynamic';

/** Says only that the process answers; whether it can work is what `/api/health/ready` says. */
const read = route(async () => Response.json({ status: 'live' }));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
