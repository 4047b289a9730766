import 'server-only';
import { orFirstPage } from '@/lib/platform/or-first-page';
import { requireSession } from '@/lib/sessions/gate';
import { getIncidents } from './data/list';
import type { IncidentsPage } from './types';

export async function loadIncidents(org: string, cursor: string | undefined): Promise<IncidentsPage> {
  const { orgId } = await requireSession(org);
  return orFirstPage((from) => getIncidents(orgId, from), cursor, undefined);
}
