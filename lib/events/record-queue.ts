import { type PresentedToken, unknownToken } from '@/lib/platform/bearer';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { AppError } from '@/lib/platform/errors';
import { nudge } from '@/lib/platform/nudge';
import { canRecordEvents } from '@/lib/tokens/ability';
import { findTokens, type LiveToken } from '@/lib/tokens/data';
import { findDiffering } from './differing';
import { EVERY_TEAM, insertEvents } from './mutations';
import { keepToTeam } from './of-team';
import type { ParsedEvent } from './schema';
import { MAX_EVENTS } from './schema';
import { summarize } from './summarize';
import type { RecordResult } from './types';

/** Writes under way at once, for one organisation in one process. */
const WRITERS = 2;
/** How long a request may wait for its turn to be written, in ms, before it is told to come back. */
const MAX_WAIT_MS = 1_000;
/** Requests that may wait; more are told to come back, before they cost anything. */
const MAX_WAITING = 512;

type Waiting = {
  tokenHash: Uint8Array<ArrayBuffer>;
  parsed: readonly ParsedEvent[];
  clock: Clock;
  resolve: (result: RecordResult) => void;
  reject: (error: unknown) => void;
  patience: NodeJS.Timeout;
};

type Queue = { waiting: Waiting[]; writers: number };

const queues = new Map<OrgId, Queue>();

/**
 * Records the events of one request, sent with a token. Requests that arrive while a write is under way share the
 * next transaction: under load one commit, and one look at the tokens, serves many of them. Each request is still
 * checked, answered and refused on its own, and is answered only after its commit.
 */
export function submitEvents(
  { orgId, hash }: PresentedToken,
  parsed: readonly ParsedEvent[],
  clock: Clock,
): Promise<RecordResult> {
  const queue = queues.get(orgId) ?? { waiting: [], writers: 0 };
  queues.set(orgId, queue);
  if (queue.waiting.length >= MAX_WAITING) {
    throw tooBusy();
  }
  return new Promise((resolve, reject) => {
    const waiting: Waiting = {
      tokenHash: hash,
      parsed,
      clock,
      resolve,
      reject,
      patience: setTimeout(() => giveUp(queue, waiting), MAX_WAIT_MS),
    };
    queue.waiting.push(waiting);
    if (queue.writers < WRITERS) void write(orgId, queue);
  });
}

/** Nothing of a request that has not had its turn was written, so it may safely be sent again. */
function giveUp(queue: Queue, waiting: Waiting): void {
  queue.waiting.splice(queue.waiting.indexOf(waiting), 1);
  waiting.reject(tooBusy());
}

async function write(orgId: OrgId, queue: Queue): Promise<void> {
  queue.writers += 1;
  for (let batch = take(queue); batch.length > 0; batch = take(queue)) await writeTogether(orgId, batch);
  queue.writers -= 1;
  if (queue.writers === 0) queues.delete(orgId);
}

function take(queue: Queue): Waiting[] {
  let events = 0;
  let count = 0;
  for (const { parsed } of queue.waiting) {
    events += parsed.length;
    if (count > 0 && events > MAX_EVENTS) break;
    count += 1;
  }
  const batch = queue.waiting.splice(0, count);
  for (const { patience } of batch) clearTimeout(patience);
  return batch;
}

async function writeTogether(orgId: OrgId, batch: readonly Waiting[]): Promise<void> {
  try {
    const answers = await inOrg(orgId, (tx) => writeBatch(tx, orgId, batch));
    nudge();
    for (const answer of answers) answer();
  } catch (error) {
    // Tried one by one, so that one that cannot be written spoils no other; but not when it is the database that is away.
    const isHopeless = batch.length === 1 || isDatabaseAway(error);
    for (const one of batch) {
      if (isHopeless) one.reject(error);
      else await writeTogether(orgId, [one]);
    }
  }
}

type Admitted = { waiting: Waiting; token: LiveToken | undefined; parsed: readonly ParsedEvent[] };

/** @returns what to tell each request once the transaction stands */
async function writeBatch(tx: Tx, orgId: OrgId, batch: readonly Waiting[]): Promise<(() => void)[]> {
  const now = batch[0]?.clock.now() ?? new Date(0);
  const tokens = await findTokens(
    tx,
    orgId,
    batch.map(({ tokenHash }) => tokenHash),
    now,
  );
  const admitted: Admitted[] = [];
  for (const waiting of batch) {
    const token = tokens.get(Buffer.from(waiting.tokenHash).toString('hex'));
    const { parsed } = waiting;
    const team = token && canRecordEvents(token) ? token.team : null;
    const kept = team === null ? parsed : await keepToTeam(tx, orgId, team, parsed);
    admitted.push({ waiting, token, parsed: kept });
  }
  const submissions = admitted.flatMap(({ parsed, token }) => {
    if (!token || !canRecordEvents(token)) return [];
    const events = parsed.flatMap((item) => (item.ok ? [item.event] : []));
    return [{ from: `token:${token.id}`, senderTeam: token.team ?? EVERY_TEAM, events }];
  });
  const written = await insertEvents(tx, orgId, now, submissions);
  const differing = await findDiffering(tx, orgId, submissions, written.keys);
  return admitted.map(({ waiting, token, parsed }) => {
    if (!token) return () => waiting.reject(unknownToken());
    if (!canRecordEvents(token)) return () => waiting.reject(missingScope());
    const result = summarize(parsed, token.team ?? EVERY_TEAM, written, differing);
    return () => waiting.resolve(result);
  });
}

function tooBusy(): AppError {
  return new AppError('overloaded', 'Too many events are waiting to be written. Try again shortly.', {
    retryAfterSeconds: 1,
  });
}

function missingScope(): AppError {
  return new AppError('forbidden', 'This token may not record events: it lacks the scope events:write.');
}
