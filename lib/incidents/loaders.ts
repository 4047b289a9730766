import 'server-only';
import { orNotFound } from '@/lib/platform/or-not-found';
import { requireSession } from '@/lib/sessions/gate';
import { listIncidents } from './data';
import type { IncidentList } from './types';

export async function loadIncidents(org: string, cursor: string | undefined): Promise<IncidentList> {
  const { orgId } = await requireSession(org);
  return orNotFound(listIncidents(orgId, cursor));
}
