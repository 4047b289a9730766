import { translateDatabaseError } from './db-errors';
import { isAppError } from './errors';
import { logger } from './logger';
import { noteRefusal } from './refusal';

/** A request as a door needs it, whichever server took it. */
export type Incoming = { header(name: string): string | null; body: AsyncIterable<Uint8Array> | null };

/** An answer before any server has turned it into its own kind of response. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

/** Digits of a number with a fraction: fewer than a double has, so that no answer ends in what adding doubles leaves over. */
const DIGITS = 12;

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;

export function jsonAnswer(value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value, rounded),
  };
}

type Problem = { code: string; status: number; detail: string; requestId: string; [extra: string]: unknown };

/** An `application/problem+json` answer (RFC 9457) with a stable `code`. */
export function problemAnswer(
  { code, status, detail, ...extra }: Problem,
  retryAfterSeconds?: number,
): Answer {
  const type = `https://gait.dev/problems/${code}`;
  const body = { type, title: TITLES[status] ?? 'Error', status, code, detail, ...extra };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    body: JSON.stringify(body),
  };
}

/** Any error as an answer. What is not meant for people goes to the log, never into the answer. */
export function errorAnswer(thrown: unknown, requestId: string): Answer {
  const error = translateDatabaseError(thrown);
  if (!isAppError(error)) {
    logger().error({ err: thrown, requestId }, 'unexpected error');
    const detail = 'Something went wrong inside Gait. The log has the details under this request id.';
    return problemAnswer({ code: 'internal', status: 500, detail, requestId });
  }
  noteRefusal(error, { requestId });
  const { code, status, message, pointer, fields, retryAfterSeconds } = error;
  const extra = { ...(pointer && { pointer }), ...(fields && { fields }) };
  return problemAnswer({ code, status, detail: message, requestId, ...extra }, retryAfterSeconds);
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** What every answer of the API carries. */
export function commonHeaders(requestId: string): Record<string, string> {
  return { 'x-request-id': requestId, 'cache-control': 'no-store' };
}
