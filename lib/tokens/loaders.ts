import 'server-only';
import { systemClock } from '@/lib/platform/clock';
import { requireSession } from '@/lib/sessions/gate';
import { listTokens } from './data';
import type { TokenList } from './types';

export async function loadTokens(org: string): Promise<TokenList> {
  const { orgId } = await requireSession(org);
  return listTokens(orgId, systemClock.now());
}
