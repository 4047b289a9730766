import 'server-only';
import { notFound } from 'next/navigation';
import { isAppError } from '@/lib/platform/errors';
import { requireSession } from '@/lib/sessions/gate';
import { listIncidents } from './data';
import type { IncidentList } from './types';

export async function loadIncidents(org: string, cursor: string | undefined): Promise<IncidentList> {
  const { orgId } = await requireSession(org);
  try {
    return await listIncidents(orgId, cursor);
  } catch (error) {
    if (isAppError(error) && error.code === 'bad_request') notFound();
    throw error;
  }
}
