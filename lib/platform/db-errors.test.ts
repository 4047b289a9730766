import { expect, it } from 'vitest';
import { isDatabaseAway, isRetryable, translateDatabaseError } from './db-errors';
import { AppError } from './errors';

/** As the driver throws, as the adapter wraps it, and as Prisma wraps that. */
const wrapped = (cause: object, code = 'P2010') =>
  Object.assign(new Error('Invalid invocation'), {
    code,
    meta: { driverAdapterError: { name: 'DriverAdapterError', cause } },
  });
const driverError = (code: string, message = 'no') => Object.assign(new Error(message), { code });

it.each(['40001', '40P01'])('tries a transaction again after %s, however it was wrapped', (code) => {
  expect(isRetryable(driverError(code))).toBe(true);
  expect(isRetryable(wrapped({ originalCode: code, kind: 'TransactionWriteConflict' }, 'P2034'))).toBe(true);
  expect(isRetryable(new Error('outer', { cause: driverError(code) }))).toBe(true);
});

it('tries again after a write conflict of which only Prisma has a word, and in the end says overloaded', () => {
  const conflict = Object.assign(new Error('Transaction failed due to a write conflict or a deadlock.'), {
    code: 'P2034',
  });
  expect(isRetryable(conflict)).toBe(true);
  for (const error of [conflict, driverError('40001')])
    expect(translateDatabaseError(error)).toMatchObject({ code: 'overloaded', retryAfterSeconds: 1 });
});

it('says invalid of text that the database cannot hold', () => {
  for (const error of [driverError('22021'), wrapped({ originalCode: '22P05', kind: 'postgres' }, 'P2010')])
    expect(translateDatabaseError(error)).toMatchObject({ code: 'invalid', status: 422 });
});

it.each(['23505', '23503', '42P01', '57014'])(
  'does not try again after %s, which comes back the same',
  (code) => {
    expect(isRetryable(driverError(code))).toBe(false);
    expect(translateDatabaseError(driverError(code))).toMatchObject({ code });
  },
);

it.each([
  ['a refused connection', driverError('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432')],
  ['a connection that broke', driverError('ECONNRESET', 'read ECONNRESET')],
  ['a server that shuts down', driverError('57P01', 'terminating connection due to administrator command')],
  ['a server that starts up', wrapped({ originalCode: '57P03', kind: 'postgres', code: '57P03' })],
  ['a connection that ended', new Error('Connection terminated unexpectedly')],
  [
    'a disk that is full',
    driverError('53100', 'could not extend file "base/5/1259": No space left on device'),
  ],
  ['a disk that is full, wrapped', wrapped({ originalCode: '53100', kind: 'postgres', code: '53100' })],
  ['too many connections', wrapped({ originalCode: '53300', kind: 'TooManyConnections' }, 'P2037')],
])('says unavailable, and when to come back, of %s', (_what, error) => {
  expect(isDatabaseAway(error)).toBe(true);
  expect(translateDatabaseError(error)).toMatchObject({
    name: 'AppError',
    code: 'unavailable',
    status: 503,
    retryAfterSeconds: 2,
  });
});

it.each([
  'timeout exceeded when trying to connect',
  'Unable to start a transaction in the given time.',
  'canceling statement due to lock timeout',
])('says overloaded of “%s”', (message) => {
  expect(translateDatabaseError(new Error(message))).toMatchObject({
    code: 'overloaded',
    status: 503,
    retryAfterSeconds: 1,
  });
});

// Seen when the database is killed under load (e2e/crash.spec.ts).
it.each([
  [
    'what the adapter makes of a refused connection',
    Object.assign(new Error("Can't reach database server at 127.0.0.1:5432"), {
      code: 'P1001',
      meta: {
        driverAdapterError: { cause: { kind: 'DatabaseNotReachable', host: '127.0.0.1', port: 5432 } },
      },
    }),
  ],
  [
    'a client that lost its connection',
    new Error('Client has encountered a connection error and is not queryable'),
  ],
])('says unavailable of %s', (_what, error) => {
  expect(translateDatabaseError(error)).toMatchObject({ code: 'unavailable', status: 503 });
});

it('leaves our own errors, and what it does not know, as they are', () => {
  const own = new AppError('conflict', 'Somebody decided first.');
  expect(translateDatabaseError(own)).toBe(own);
  const bug = new TypeError('x is not a function');
  expect(translateDatabaseError(bug)).toBe(bug);
  const circle: { cause?: unknown } = {};
  circle.cause = circle;
  expect(translateDatabaseError(circle)).toBe(circle);
});
