import { recordAudit } from '@/lib/audit/record';
import { describeGrants } from '@/lib/domain/ability';
import type { Admission } from '@/lib/domain/identity/joining';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { type Opened, openSession } from '@/lib/sessions/mutations';
import { findConnection, type LiveConnection, redirectUriOf } from '../data/connections';
import { beginOidc, finishOidc, type OidcChecks } from '../oidc';
import type { Trial } from '../types';
import {
  type Attempt,
  createAttemptSecrets,
  keepAttempt,
  type NewAttempt,
  refused,
  takeAttempt,
} from './attempts';
import { type Door, type Looked, letIn, lookAt } from './join';

/** Where to send the browser, and the secret that it keeps until it comes back. */
export type Begun = { url: string; browser: string };

type Begin = Omit<NewAttempt, 'orgId' | 'connectionId'> & { loginHint?: string };

/** Begins a sign-in at the connection's provider. */
export async function beginSignIn(
  connection: LiveConnection,
  { loginHint, ...about }: Begin,
  clock: Clock,
): Promise<Begun> {
  const { orgId, id, settings, secret } = connection;
  const secrets = createAttemptSecrets(orgId);
  const { url, checks } = await beginOidc(settings, secret, {
    redirectUri: redirectUriOf(id),
    state: secrets.state,
    fresh: about.purpose === 'fresh',
    now: clock.now().getTime(),
    ...(loginHint && { loginHint }),
  });
  await keepAttempt({ orgId, connectionId: id, ...about }, secrets, checks, clock);
  return { url, browser: secrets.browser };
}

export type Answer = {
  connectionId: string;
  /** The address that the provider sent the browser to, under our own public address. */
  url: URL;
  browser: string | null;
  userAgent: string | null;
  requestId: string;
};

/** What became of a sign-in: a session, or for a trial the page that shows what was received. */
export type Finished =
  | { kind: 'opened'; session: Opened; returnTo: string | null }
  | { kind: 'tried'; slug: string; connectionId: string };

/**
 * Takes the provider's answer. The attempt is used up first; then the answer is checked; then one transaction looks at who it is,
 * lets them in or not, and opens the session.
 * @throws AppError `unauthenticated` with a reason that is for the log alone
 */
export async function finishSignIn(answer: Answer, clock: Clock): Promise<Finished> {
  const { connectionId, url, browser, userAgent, requestId } = answer;
  const state = url.searchParams.get('state') ?? '';
  const attempt = await takeAttempt<OidcChecks>({ state, browser, connectionId }, clock);
  const { orgId, purpose, checks } = attempt;
  const connection = await inOrg(orgId, (tx) => findConnection(tx, orgId, connectionId));
  if (!connection) throw refused('the connection is gone');
  if (connection.status !== 'on' && purpose !== 'trial') throw refused('the connection is not switched on');
  const { issuer, claims } = await finishOidc(connection.settings, connection.secret, {
    answer: url,
    state,
    checks,
    now: clock.now().getTime(),
  });
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'single sign-on' }, clock, requestId };
  return inOrg(orgId, async (tx) => {
    const door = doorOf(connection);
    const looked = await lookAt(tx, orgId, door, issuer, claims);
    if (purpose === 'trial') return keepTrial(tx, ctx, connectionId, looked, claims);
    if ('problem' in looked) throw refused(looked.problem);
    const personId = await admitted(tx, ctx, door, issuer, looked, attempt);
    const session = await openSession(tx, ctx, personId, {
      via: 'oidc',
      connection: connectionId,
      userAgent,
    });
    return { kind: 'opened', session, returnTo: attempt.returnTo };
  });
}

function doorOf({ id, joining, settings }: LiveConnection): Door {
  return { id, joining, claims: settings.claims, trustsAddresses: settings.trustsAddresses };
}

async function admitted(
  tx: Tx,
  ctx: Ctx,
  door: Door,
  issuer: string,
  looked: Looked,
  { purpose, personId }: Attempt<unknown>,
): Promise<string> {
  const { admission } = looked;
  if (admission.kind === 'refused') throw refused(admission.reason);
  // Whoever proves anew who they are must be the one who is signed in.
  if (purpose === 'fresh' && (admission.kind === 'joins' || admission.personId !== personId))
    throw refused('somebody else signed in than the one who was to prove who they are');
  return letIn(tx, ctx, door, issuer, { ...looked, admission });
}

async function keepTrial(
  tx: Tx,
  ctx: Ctx,
  connectionId: string,
  looked: Looked | { problem: string },
  claims: Record<string, unknown>,
): Promise<Finished> {
  const { orgId, clock } = ctx;
  const trial = trialOf(looked, claims);
  const { slug } = await tx.organisation.findUniqueOrThrow({ where: { orgId }, select: { slug: true } });
  await tx.connection.update({
    where: { orgId_id: { orgId, id: connectionId } },
    data: { trial: JSON.parse(JSON.stringify(trial)), triedAt: clock.now() },
  });
  await recordAudit(tx, ctx, {
    act: 'connection.tried',
    target: `connection:${connectionId}`,
    after: { outcome: trial.outcome },
  });
  return { kind: 'tried', slug, connectionId };
}

function trialOf(looked: Looked | { problem: string }, claims: Record<string, unknown>): Trial {
  if ('problem' in looked)
    return { claims, person: null, notes: [], outcome: looked.problem, admitted: false, roles: [] };
  const { vouched, notes, admission, grants } = looked;
  return {
    claims,
    person: vouched,
    notes,
    outcome: outcomeOf(admission),
    admitted: admission.kind !== 'refused',
    roles: grants.map((grant) => describeGrants([grant])),
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
    case 'refused':
      return admission.reason;
    default:
      return admission satisfies never;
  }
}
