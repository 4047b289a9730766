import { afterEach, beforeEach, expect, it } from 'vitest';
import { adoptConsole } from './console-log';
import { createLogger } from './logger';

const real = { ...console };
const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  adoptConsole(() => createLogger('debug', { write: (line) => void lines.push(line) }));
});
afterEach(() => Object.assign(console, real));

const said = () =>
  lines.map((line) => JSON.parse(line) as { level: number; msg: string; err?: { message: string } });

it('is one line of JSON, however many lines a text or a stack has', () => {
  console.error('\u001b[31m⨯\u001b[39m', new Error('first\n{"level":60,"msg":"forged"}'));
  console.warn('one\ntwo %s', 'three');
  console.log('of no interest');
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  expect(said()).toMatchObject([
    { level: 50, msg: '⨯', err: { message: 'first\n{"level":60,"msg":"forged"}' } },
    { level: 40, msg: 'one\ntwo three' },
    { level: 20, msg: 'of no interest' },
  ]);
});
