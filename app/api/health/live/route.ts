export const dynamic = 'force-dynamic';

/** Says only that the process answers; whether it can work is what `/api/health/ready` says. */
export function GET(): Response {
  return Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } });
}
