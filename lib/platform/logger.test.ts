import { expect, it } from 'vitest';
import { createLogger, plainLine } from './logger';

function collect() {
  const lines: string[] = [];
  return { lines, log: createLogger('info', { write: (line) => void lines.push(line) }) };
}

it('never writes down what would let a reader sign in', () => {
  const { lines, log } = collect();
  const headers = { authorization: 'Bearer gait_secret', cookie: 'session=secret', accept: 'text/html' };
  log.info({ headers, request: { headers }, token: 'gait_secret', user: { password: 'secret' } }, 'seen');
  expect(lines.join('')).not.toContain('gait_secret');
  expect(lines.join('')).not.toContain('session=secret');
  expect(lines.join('')).not.toContain('"password":"secret"');
  expect(lines.join('')).toContain('text/html');
});

it('writes a line for people with what happened first', () => {
  const line = plainLine(
    JSON.stringify({
      level: 50,
      time: '2026-11-22T15:04:05.000Z',
      msg: 'Gone.',
      err: { message: 'why' },
      port: 1,
    }),
  );
  expect(line).toBe('15:04:05 error Gone. (why) port=1\n');
});
