import { AppError } from './errors';

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * The `Idempotency-Key` of a request: whoever repeats a request with it, since the answer was lost, is answered the same and changes nothing.
 * @returns null where there is none
 * @throws bad_request where it is none: 1 to 200 visible ASCII characters
 */
export function idempotencyKey({ headers }: Request): string | null {
  const key = headers.get('idempotency-key');
  if (key === null || KEY.test(key)) return key;
  throw new AppError('bad_request', 'Idempotency-Key must have 1 to 200 visible ASCII characters.');
}
