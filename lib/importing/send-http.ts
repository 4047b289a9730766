import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, messageOf, systemCode } from '@/lib/platform/errors';
import type { Delivery, SendBatch } from './batches';
import type { CheckedEvent } from './events';

const answerSchema = z.object({
  accepted: z.number().default(0),
  duplicates: z.number().default(0),
  items: z.array(
    z.object({
      index: z.number(),
      status: z.enum(['accepted', 'duplicate', 'rejected']),
      code: z.literal('conflict').optional(),
      errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
    }),
  ),
});

/** Below the server's limit of 8 MB a request. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
const ATTEMPTS = 8;
const LONGEST_WAIT_MS = 30_000;

type Options = {
  url: string;
  token: string;
  /** Hears why nothing happens for a while. */
  say: (line: string) => void;
  /** Told when nobody wants to wait any more. */
  stop?: AbortSignal;
  fetch?: typeof fetch;
  wait?: (ms: number, stop: AbortSignal | undefined) => Promise<unknown>;
};

const patiently = (ms: number, stop: AbortSignal | undefined): Promise<unknown> =>
  sleep(ms, undefined, stop && { signal: stop }).catch(() => {});

/** Sends to a server. Waits and tries again while it is busy or away: events may arrive twice without harm. */
export function sendOverHttp({
  url,
  token,
  say,
  stop,
  fetch: request = fetch,
  wait = patiently,
}: Options): SendBatch {
  let isSaid = false;
  const attempt = (body: string): Promise<Response | string> =>
    request(`${url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      if (!isLasting(error)) return `cannot be reached (${whyUnreachable(error)})`;
      throw new AppError(
        'unavailable',
        `${url} cannot be reached (${whyUnreachable(error)}). Check GAIT_URL.`,
      );
    });
  const post = async (body: string): Promise<Response> => {
    for (let tries = 1; ; tries += 1) {
      const outcome = await attempt(body);
      const why = typeof outcome === 'string' ? outcome : whyBusy(outcome);
      if (why === null && typeof outcome !== 'string') {
        isSaid = false;
        return outcome;
      }
      if (stop?.aborted) throw new AppError('unavailable', `${url} ${why}.`);
      if (tries >= ATTEMPTS) throw new AppError('unavailable', `${url} ${why}, after ${ATTEMPTS} attempts.`);
      if (!isSaid) say(`${url} ${why}. Trying again for about a minute.`);
      isSaid = true;
      const asked = typeof outcome === 'string' ? null : outcome.headers.get('retry-after');
      await wait(waitingTime(asked, tries), stop);
    }
  };
  const send = async (events: readonly CheckedEvent[]): Promise<Delivery> => {
    const body = events.map(({ envelope }) => JSON.stringify(envelope)).join('\n');
    if (events.length > 1 && Buffer.byteLength(body) > MAX_BODY_BYTES) return sendHalves(events, send);
    const response = await post(body);
    if (response.status === 413 && events.length > 1) return sendHalves(events, send);
    return readDelivery(response, url);
  };
  return send;
}

/** Of a server that answers, but has no time; null when it has. */
function whyBusy({ status }: Response): string | null {
  return status === 429 || status >= 502 ? `answers ${status}` : null;
}

/** A wrong address, port or certificate stays wrong; what the network says of a right one may pass. */
function isLasting(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false;
  const code = systemCode(error.cause);
  return code === undefined || /^(ERR_SSL|ERR_TLS|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_)/.test(code);
}

/** `fetch failed` says nothing; its cause does. */
function whyUnreachable(error: unknown): string {
  const cause = (error instanceof Error ? error.cause : undefined) ?? error;
  return systemCode(cause) ?? messageOf(cause);
}

/** @param retryAfter seconds, as Gait says it; without it the waits double. */
function waitingTime(retryAfter: string | null, tries: number): number {
  const asked = Number(retryAfter ?? Number.NaN) * 1000;
  return Math.min(LONGEST_WAIT_MS, Number.isFinite(asked) && asked >= 0 ? asked : 250 * 2 ** tries);
}

async function sendHalves(events: readonly CheckedEvent[], send: SendBatch): Promise<Delivery> {
  const middle = Math.ceil(events.length / 2);
  const first = await send(events.slice(0, middle));
  const second = await send(events.slice(middle));
  const shifted = [...second.rejected].map(([index, reason]) => [index + middle, reason] as const);
  return {
    accepted: first.accepted + second.accepted,
    duplicates: first.duplicates + second.duplicates,
    differing: first.differing + second.differing,
    rejected: new Map([...first.rejected, ...shifted]),
  };
}

async function readDelivery(response: Response, url: string): Promise<Delivery> {
  const text = await response.text();
  if (response.status === 401)
    throw new AppError('unauthenticated', `${url} does not know this GAIT_TOKEN, or it has expired.`);
  if (response.status === 403)
    throw new AppError(
      'forbidden',
      `This GAIT_TOKEN may not send events to ${url}: it lacks the scope events:write.`,
    );
  const answer = answerSchema.safeParse(parseJson(text));
  // 422 says that every event was refused; its items say why, as they do otherwise.
  if (!answer.success || (!response.ok && response.status !== 422)) {
    const words = text.trim().replace(/\s+/g, ' ').slice(0, 200);
    const said = words === '' || words.startsWith('<') ? '' : `: ${words}`;
    throw new AppError(
      'unavailable',
      `${url} answered ${response.status}, and not as Gait does${said}. Check GAIT_URL.`,
    );
  }
  const { accepted, duplicates, items } = answer.data;
  // A file that is imported again may say other things than before: what stands in the record is already known.
  const differing = items.filter(({ code }) => code === 'conflict').length;
  const rejected = items
    .filter(({ status, code }) => status === 'rejected' && code !== 'conflict')
    .map(({ index, errors = [] }) => {
      const reason = errors.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join('; ');
      return [index, reason || 'the server refused it'] as const;
    });
  return { accepted, duplicates: duplicates + differing, differing, rejected: new Map(rejected) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
