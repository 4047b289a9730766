import 'server-only';
import { orNotFound } from '@/lib/platform/or-not-found';
import { requireSession } from '@/lib/sessions/gate';
import { getIncidents } from './data/list';
import type { IncidentsPage } from './types';

export async function loadIncidents(org: string, cursor: string | undefined): Promise<IncidentsPage> {
  const { orgId } = await requireSession(org);
  return orNotFound(getIncidents(orgId, cursor));
}
