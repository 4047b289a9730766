import 'server-only';
import { requireSession } from '@/lib/sessions/gate';
import { listAgents } from './data';
import type { AgentList } from './types';

export async function loadAgents(org: string): Promise<AgentList> {
  const { orgId } = await requireSession(org);
  return listAgents(orgId);
}
