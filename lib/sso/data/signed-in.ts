import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** How many people are signed in now through a connection that is on. */
export async function countSignedInThrough(tx: Tx, { orgId, clock }: Ctx): Promise<number> {
  const now = clock.now();
  const [counted] = await tx.$queryRaw<[{ people: number }]>`
    SELECT count(DISTINCT s.person_id)::int AS people
    FROM session s
    JOIN connection c ON c.org_id = s.org_id AND c.id::text = s.connection AND c.status = 'on'
    JOIN person p ON p.org_id = s.org_id AND p.id = s.person_id AND p.removed_at IS NULL
    JOIN organisation o ON o.org_id = s.org_id
    WHERE s.org_id = ${orgId}::uuid AND s.ended_at IS NULL AND s.expires_at > ${now}
      AND s.last_seen_at + make_interval(mins => o.session_idle_minutes) > ${now}`;
  return counted.people;
}
