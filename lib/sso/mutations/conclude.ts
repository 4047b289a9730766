import type { Claims } from '@/lib/domain/identity/claims';
import { connect, type Self } from '@/lib/domain/identity/joining';
import { lockPeople } from '@/lib/members/keep-owner';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { type Opened, openSession } from '@/lib/sessions/mutations';
import type { LiveConnection } from '../data/connections';
import { type Attempt, refused } from './attempts';
import { type Door, type Looked, letIn, lookAt } from './join';
import { keepTrial, type Tried, trialOf } from './trials';

/** What became of a sign-in: a session, or for a trial the page that shows what was received. */
export type Finished = { kind: 'opened'; session: Opened; returnTo: string | null } | Tried;

/** The browser that brought an answer. */
export type Bringer = { userAgent: string | null; requestId: string };

/** An answer that was checked: who it is, according to whom, and what for. */
export type Proven = Bringer & {
  connection: LiveConnection;
  attempt: Pick<Attempt<unknown>, 'purpose' | 'personId' | 'address' | 'returnTo'>;
  issuer: string;
  claims: Claims;
};

/** Whether answers are taken: of a connection that is on, or is being tried. */
export function requireOn(
  connection: LiveConnection | null,
  purpose: Attempt<unknown>['purpose'],
): asserts connection is LiveConnection {
  if (!connection) throw refused('the connection is gone');
  if (connection.status !== 'on' && purpose !== 'trial') throw refused('the connection is not switched on');
}

/** One transaction looks at who it is, lets them in or not, and opens the session. A trial changes nobody. */
export async function conclude(
  { connection, attempt, issuer, claims, userAgent, requestId }: Proven,
  clock: Clock,
): Promise<Finished> {
  const { orgId, id, kind } = connection;
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'single sign-on' }, clock, requestId };
  return inOrg(orgId, async (tx) => {
    const door = doorOf(connection);
    // Before the head of the record, as everything does that changes people.
    if (attempt.purpose !== 'trial') await lockPeople(tx, orgId);
    const looked = await lookAt(tx, ctx, door, issuer, claims);
    if (attempt.purpose === 'trial') return keepTrial(tx, ctx, id, trialOf(looked, claims));
    if ('problem' in looked) throw refused(looked.problem);
    const personId = await admitted(tx, ctx, door, issuer, looked, attempt);
    const session = await openSession(tx, ctx, personId, { via: kind, connection: id, userAgent });
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
  attempt: Proven['attempt'],
): Promise<string> {
  const { purpose, personId } = attempt;
  const isConnecting = purpose === 'connect';
  const admission = isConnecting
    ? connect(looked.standing, await selfOf(tx, ctx, attempt))
    : looked.admission;
  if (admission.kind === 'refused') throw refused(admission.reason);
  // Whoever proves anew who they are must be the one who is signed in.
  if (purpose === 'fresh' && !('personId' in admission && admission.personId === personId))
    throw refused('somebody else signed in than the one who was to prove who they are');
  const from = isConnecting ? { from: 'their own session' } : {};
  const id = await letIn(tx, ctx, door, issuer, { ...looked, admission, ...from });
  if (id === null) throw refused('the invitation was taken back or used');
  return id;
}

/** Whoever began to connect the provider, if they are still here. */
async function selfOf(
  tx: Tx,
  { orgId }: Ctx,
  { personId, address }: Pick<Attempt<unknown>, 'personId' | 'address'>,
): Promise<Self> {
  const person = personId && (await tx.person.findFirst({ where: { orgId, id: personId, removedAt: null } }));
  const email = person && (person.email ?? address);
  if (!person || !email) throw refused('whoever was signed in is not here any more');
  const others = await tx.person.count({
    where: { orgId, email: { equals: email, mode: 'insensitive' }, removedAt: null, NOT: { id: person.id } },
  });
  return { personId: person.id, email, isAddressTaken: person.email === null && others > 0 };
}
