import type { Clock } from '@/lib/platform/clock';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { readSecret } from '@/lib/platform/secret';
import { findConnection, type SamlLive } from '../data/connections';
import { readSamlRef } from '../saml/addresses';
import type { Asserted } from '../saml/assertion';
import { readSamlAnswer, type SamlChecks } from '../saml/protocol';
import { type Attempt, findWaiting, keepAnswer, refused, takeAttempt } from './attempts';
import { type Bringer, conclude, type Finished, requireOn } from './conclude';
import { partyOf } from './sign-in';
import { tellingTrials } from './trials';

/** What a provider let the browser post. `ref`: of the connection, as its address names it. */
export type Posted = Bringer & { ref: string; response: string; relayState: string };

/**
 * Takes a posted response. One that answers a request of ours waits with its attempt: the post comes from another site, without
 * the cookie that shows which browser it is, and the browser is sent on to bring it. One that the provider began on its own is taken
 * at once, where the connection allows that.
 * @returns the state to come back with, or what became of it
 * @throws AppError `unauthenticated` with a reason that is for the log alone
 */
export async function receiveSaml(
  { ref, response, relayState, ...bringer }: Posted,
  clock: Clock,
): Promise<{ kind: 'waits'; state: string } | Finished> {
  const { orgId, connectionId } = readRef(ref);
  if (readSecret('attempt', relayState)) {
    const waiting = await findWaiting(relayState);
    return tellingTrials(waiting, bringer.requestId, clock, async () => {
      await keepAnswer({ state: relayState, connectionId, answer: response }, clock);
      return { kind: 'waits', state: relayState };
    });
  }
  const attempt = { purpose: 'sign-in', personId: null, address: null, returnTo: null } as const;
  const connection = await findSaml(orgId, connectionId, attempt.purpose);
  if (!connection.settings.allowIdpInitiated)
    throw refused('it answers no request of ours, and the provider may not begin');
  return take(connection, { ...bringer, response, checks: null, attempt }, clock);
}

/** The browser that brings the answer that waits for it. */
export type Brought = Bringer & { ref: string; state: string; browser: string | null };

/** Takes the answer that waited, in the browser that began. The attempt is used up first, then the answer is checked. */
export async function finishSaml(
  { ref, state, browser, ...bringer }: Brought,
  clock: Clock,
): Promise<Finished> {
  const { connectionId } = readRef(ref);
  const attempt = await takeAttempt<SamlChecks>({ state, browser, connectionId }, clock);
  const { answer: response, checks, problem } = attempt;
  return tellingTrials(attempt, bringer.requestId, clock, async () => {
    if (problem !== null) throw refused(problem);
    const connection = await findSaml(attempt.orgId, connectionId, attempt.purpose);
    if (response === null) throw refused('no response came for it');
    return take(connection, { ...bringer, response, checks, attempt }, clock);
  });
}

type Taken = Bringer & {
  response: string;
  checks: SamlChecks | null;
  attempt: Pick<Attempt<unknown>, 'purpose' | 'personId' | 'address' | 'returnTo'>;
};

async function take(connection: SamlLive, taken: Taken, clock: Clock): Promise<Finished> {
  const { response, checks, ...proof } = taken;
  const now = clock.now().getTime();
  const asserted = await readSamlAnswer(partyOf(connection), { posted: response, checks, now });
  await markUsed(connection, asserted, clock);
  const { claims } = asserted;
  return conclude({ ...proof, connection, issuer: connection.settings.provider.entityId, claims }, clock);
}

/** An assertion is good once, whatever comes of it. */
async function markUsed(
  { orgId, id: connectionId }: SamlLive,
  { assertionId, usableUntil }: Asserted,
  clock: Clock,
): Promise<void> {
  const { count } = await inOrg(orgId, async (tx) => {
    await tx.usedAssertion.deleteMany({ where: { orgId, connectionId, expiresAt: { lt: clock.now() } } });
    return tx.usedAssertion.createMany({
      data: [{ orgId, connectionId, assertionId, expiresAt: usableUntil }],
      skipDuplicates: true,
    });
  });
  if (count === 0) throw refused('the assertion was used already');
}

async function findSaml(orgId: OrgId, id: string, purpose: Attempt<unknown>['purpose']): Promise<SamlLive> {
  const connection = await inOrg(orgId, (tx) => findConnection(tx, orgId, id));
  requireOn(connection, purpose);
  if (connection.kind !== 'saml') throw refused('the connection is not of SAML');
  return connection;
}

function readRef(ref: string): { orgId: OrgId; connectionId: string } {
  const read = readSamlRef(ref);
  if (!read) throw refused('the address names no connection');
  return { orgId: vouchForOrg(read.orgId), connectionId: read.connectionId };
}
