import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { incomingOf } from '@/lib/platform/http';
import { canRead } from './ability';
import { requireToken } from './live';

/** Whose data a request's token may read: of the organisation, or of one team in it (`team` is its slug). */
export type Reader = { orgId: OrgId; team: string | null };

export async function requireReader(request: Request, clock: Clock): Promise<Reader> {
  const { orgId, token } = await requireToken(incomingOf(request), clock);
  if (!canRead(token)) throw new AppError('forbidden', 'This token may not read: it lacks the scope read.');
  return { orgId, team: token.team };
}

/** The organisation, for what belongs to no team; refuses a token that speaks for one. */
export function wholeOrganisation({ orgId, team }: Reader): OrgId {
  if (team === null) return orgId;
  throw new AppError(
    'forbidden',
    `This token reads only the team ${team}, and this belongs to the whole organisation.`,
  );
}

/** The team that is asked for, or else the reader's own; refuses another than that. Undefined = all that there are. */
export function teamFor({ team }: Reader, asked: string | undefined): string | undefined {
  if (team === null || asked === undefined || asked === team) return asked ?? team ?? undefined;
  throw new AppError('forbidden', `This token reads only the team ${team}.`);
}
