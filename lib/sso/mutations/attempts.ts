import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '@/lib/platform/clock';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { open, seal } from '@/lib/platform/seal';
import { createSecret, readSecret } from '@/lib/platform/secret';

/** How long somebody may take at the provider, in ms. */
const ATTEMPT_LIFE_MS = 15 * 60_000;

/** How long one that came to nothing is kept after that, in ms. */
const FORGOTTEN_MS = 24 * 60 * 60_000;

export type Purpose = 'sign-in' | 'trial' | 'fresh' | 'connect';

/** What lies sealed with an attempt. */
type Kept<Checks> = { checks: Checks; address: string | null };

/** A sign-in under way, as its answer finds it. */
export type Attempt<Checks> = {
  orgId: OrgId;
  connectionId: string;
  purpose: Purpose;
  checks: Checks;
  returnTo: string | null;
  /** Who began it, where somebody was signed in; and the address that they gave as theirs. */
  personId: string | null;
  address: string | null;
  /** The SAML response that was posted for it. */
  answer: string | null;
  /** Why no answer to it counts, whatever it says; null for one that is in order. */
  problem: string | null;
};

export type NewAttempt = {
  orgId: OrgId;
  connectionId: string;
  purpose: Purpose;
  returnTo?: string | null;
  personId?: string | null;
  address?: string | null;
};

/** The two secrets of an attempt: one travels to the provider and back, the other stays in the browser that began. */
export type AttemptSecrets = { state: string; browser: string };

export function createAttemptSecrets(orgId: OrgId): AttemptSecrets {
  return { state: createSecret('attempt', orgId).secret, browser: createSecret('attempt', orgId).secret };
}

const hashOf = (secret: string) => readSecret('attempt', secret)?.hash ?? new Uint8Array(32);

/** Notes an attempt down, with what its answer will be checked against. */
export async function keepAttempt(
  { orgId, connectionId, purpose, returnTo = null, personId = null, address = null }: NewAttempt,
  { state, browser }: AttemptSecrets,
  checks: unknown,
  clock: Clock,
): Promise<void> {
  const createdAt = clock.now();
  await inOrg(orgId, async (tx) => {
    await tx.signInAttempt.deleteMany({
      where: { orgId, expiresAt: { lt: new Date(createdAt.getTime() - FORGOTTEN_MS) } },
    });
    await tx.signInAttempt.create({
      data: {
        orgId,
        id: newId(),
        connectionId,
        purpose,
        stateHash: hashOf(state),
        browserHash: hashOf(browser),
        checks: seal(JSON.stringify({ checks, address }), `attempt ${orgId}`),
        returnTo,
        personId,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + ATTEMPT_LIFE_MS),
      },
    });
  });
}

/** The attempt that waits for an answer, wherever that was posted to. @throws AppError `unauthenticated` with a reason for the log */
export async function findWaiting(
  state: string,
): Promise<Pick<Attempt<unknown>, 'orgId' | 'connectionId' | 'purpose'>> {
  const { orgId, hash } = readState(state);
  const found = await inOrg(orgId, (tx) =>
    tx.signInAttempt.findFirst({ where: { orgId, stateHash: hash, usedAt: null, answer: null } }),
  );
  if (!found) throw refused(NOT_AWAITED);
  return { orgId, connectionId: found.connectionId, purpose: found.purpose as Purpose };
}

/** Ends the trials under way of a connection that is changed: they would tell of what it was. */
export async function endTrials(tx: Tx, orgId: OrgId, connectionId: string, clock: Clock): Promise<void> {
  await tx.signInAttempt.updateMany({
    where: { orgId, connectionId, purpose: 'trial', usedAt: null },
    data: { usedAt: clock.now(), answer: null },
  });
}

/**
 * Keeps a posted answer with its attempt, until the browser that began comes for it. Once: what is there is not replaced.
 * @throws AppError `unauthenticated` with a reason that is for the log
 */
export async function keepAnswer(
  { state, connectionId, answer }: { state: string; connectionId: string; answer: string },
  clock: Clock,
): Promise<void> {
  const { orgId, hash } = readState(state);
  const { count } = await inOrg(orgId, (tx) =>
    tx.signInAttempt.updateMany({
      where: {
        orgId,
        stateHash: hash,
        connectionId,
        usedAt: null,
        answer: null,
        expiresAt: { gt: clock.now() },
      },
      data: { answer: seal(answer, answerOf(orgId)) },
    }),
  );
  if (count > 0) return;
  // A trial is over with that: why it failed is told once, however often somebody posts.
  await inOrg(orgId, (tx) =>
    tx.signInAttempt.updateMany({
      where: { orgId, stateHash: hash, purpose: 'trial', usedAt: null },
      data: { usedAt: clock.now() },
    }),
  );
  throw refused(NOT_AWAITED);
}

const NOT_AWAITED = 'no attempt of this connection waits for this answer';

const answerOf = (orgId: OrgId) => `answer ${orgId}`;

function readState(state: string): { orgId: OrgId; hash: Uint8Array<ArrayBuffer> } {
  const read = readSecret('attempt', state);
  if (!read) throw refused('the state is none of ours');
  return { orgId: vouchForOrg(read.orgId), hash: read.hash };
}

/**
 * Takes an attempt, once, by the state that came back. It is used up before its answer is looked at, so that no answer is tried
 * twice. `problem` says where it is too old, or came to another connection's address or in another browser than the one that began.
 * @throws AppError `unauthenticated` with a reason that is for the log
 */
export async function takeAttempt<Checks>(
  { state, browser, connectionId }: { state: string; browser: string | null; connectionId: string },
  clock: Clock,
): Promise<Attempt<Checks>> {
  const { orgId, hash } = readState(state);
  const now = clock.now();
  const attempt = await inOrg(orgId, async (tx) => {
    const where = { orgId, stateHash: hash, usedAt: null };
    const found = await tx.signInAttempt.findFirst({ where });
    const taken =
      found && (await tx.signInAttempt.updateMany({ where, data: { usedAt: now, answer: null } }));
    return taken?.count === 1 ? found : null;
  });
  if (!attempt) throw refused('the state is unknown or was used already');
  const kept = JSON.parse(open(attempt.checks, `attempt ${orgId}`)) as Kept<Checks>;
  return {
    orgId,
    connectionId: attempt.connectionId,
    purpose: attempt.purpose as Purpose,
    checks: kept.checks,
    returnTo: attempt.returnTo,
    personId: attempt.personId,
    address: kept.address,
    answer: attempt.answer === null ? null : open(attempt.answer, answerOf(orgId)),
    problem: problemOf(attempt, { browser, connectionId, now }),
  };
}

type Came = { browser: string | null; connectionId: string; now: Date };
type Begun = { expiresAt: Date; connectionId: string; browserHash: Uint8Array };

function problemOf(begun: Begun, { browser, connectionId, now }: Came): string | null {
  if (begun.expiresAt <= now) return 'it took too long';
  if (begun.connectionId !== connectionId) return 'it was begun with another connection';
  const isSameBrowser = browser !== null && timingSafeEqual(hashOf(browser), begun.browserHash);
  return isSameBrowser ? null : 'it was begun in another browser';
}

export function refused(reason: string): AppError {
  return new AppError('unauthenticated', `Sign-in refused: ${reason.replace(/\.$/, '')}.`);
}
