import { recordAudit } from '@/lib/audit/record';
import { describeGrants } from '@/lib/domain/ability';
import type { Claims } from '@/lib/domain/identity/claims';
import type { Admission } from '@/lib/domain/identity/joining';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { SeenTrial, Trial } from '../types';
import type { Attempt } from './attempts';
import type { Looked } from './join';

/** A trial came to an end, one way or another: the page of its connection shows how. `failure`: the reason, for the log. */
export type Tried = { kind: 'tried'; slug: string; connectionId: string; failure: string | null };

/**
 * Keeps why a trial failed, for the admin who began it; the browser is led back to the connection's page. Of any other sign-in the
 * reason goes on to the log alone: whoever sends a forged answer should learn nothing from it.
 */
export async function tellingTrials<T>(
  { orgId, connectionId, purpose }: Pick<Attempt<unknown>, 'orgId' | 'connectionId' | 'purpose'>,
  requestId: string,
  clock: Clock,
  run: () => Promise<T>,
): Promise<T | Tried> {
  try {
    return await run();
  } catch (error) {
    if (purpose !== 'trial' || !isAppError(error) || error.status >= 500) throw error;
    const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'single sign-on' }, clock, requestId };
    const trial = { failure: error.message, requestId };
    return inOrg(orgId, (tx) => keepTrial(tx, ctx, connectionId, trial));
  }
}

export async function keepTrial(tx: Tx, ctx: Ctx, connectionId: string, trial: Trial): Promise<Tried> {
  const { orgId, clock } = ctx;
  const failure = 'failure' in trial ? trial.failure : null;
  const { slug } = await tx.organisation.findUniqueOrThrow({ where: { orgId }, select: { slug: true } });
  const { count } = await tx.connection.updateMany({
    where: { orgId, id: connectionId },
    data: { trial: JSON.parse(JSON.stringify(trial)), triedAt: clock.now() },
  });
  if (count === 0) throw new AppError('not_found', 'This connection is gone.');
  await recordAudit(tx, ctx, {
    act: 'connection.tried',
    target: `connection:${connectionId}`,
    after: { outcome: 'failure' in trial ? trial.failure : trial.outcome },
  });
  return { kind: 'tried', slug, connectionId, failure };
}

export function trialOf(looked: Looked | { problem: string }, claims: Claims): SeenTrial {
  if ('problem' in looked)
    return { claims, person: null, notes: [], outcome: looked.problem, admitted: false, roles: [] };
  const { vouched, notes, admission, grants, invited } = looked;
  return {
    claims,
    person: vouched,
    notes,
    outcome: outcomeOf(admission),
    admitted: admission.kind !== 'refused',
    roles: [...new Set([...invited, ...grants].map((grant) => describeGrants([grant])))],
  };
}

function outcomeOf(admission: Admission): string {
  switch (admission.kind) {
    case 'known':
      return 'This person is known and would be signed in.';
    case 'linked':
      return 'This person was provisioned by the directory and would be signed in.';
    case 'joins':
      return 'This person would join.';
    case 'invited':
      return 'This person would join by the invitation of their address.';
    case 'refused':
      return admission.reason;
    default:
      return admission satisfies never;
  }
}
