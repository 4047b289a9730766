import type { OrgId } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { currentSession, mayRead } from '@/lib/sessions/gate';

/** The organisation of the signed-in person, if they may read. */
export async function requireReportReader(): Promise<OrgId> {
  const session = await currentSession();
  if (!session) throw new AppError('unauthenticated', 'Sign in first.');
  if (!mayRead(session)) throw new AppError('forbidden', 'You have no role here yet.');
  return session.orgId;
}
