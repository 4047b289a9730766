import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectPatiently, warnOfFaults } from './database-check';
import { createEmptyDatabase, type TestDatabase } from './testing/database';

let database: TestDatabase;
const servers: Server[] = [];

beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await database.drop();
});

/** A message of PostgreSQL's protocol: its letter, its length, its parts. */
function message(letter: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number): Buffer => Buffer.concat([int16(value >> 16), int16(value & 65_535)]);
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const column = (name: string): Buffer =>
  Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);
const value = (of: string): Buffer => Buffer.concat([int32(of.length), Buffer.from(of)]);

/** A server that lets everybody in and answers every question with its version. */
async function serverOf(version: string, number: string): Promise<string> {
  const ready = message('Z', Buffer.from('I'));
  const answer = Buffer.concat([
    message('T', int16(2), column('version'), column('number')),
    message('D', int16(2), value(version), value(number)),
    message('C', text('SELECT 1')),
    ready,
  ]);
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]));
      socket.on('data', (data) => void (data.toString('latin1', 0, 1) === 'Q' && socket.write(answer)));
    });
    socket.on('error', () => {});
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `postgresql://ana:secret@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/gait`;
}

const refused = (url: string) => connectPatiently(url, 0).catch((error: unknown) => error);
const changed = (change: Partial<URL>): string => Object.assign(new URL(database.databaseUrl), change).href;

it('takes a database that is there and new enough', async () => {
  const client = await connectPatiently(database.databaseUrl);
  await client.end();
});

it('refuses one that is too old, and says how old', async () => {
  const url = await serverOf('14.11', '140011');
  expect(await refused(url)).toMatchObject({
    code: 'cannot_start',
    message: `Gait needs PostgreSQL 15 or newer, and the database "gait" at ${new URL(url).host} is 14.11.`,
  });
});

it('warns of one with known faults, and tells what comes with Gait from what is somebody else’s', async () => {
  const old = await serverOf('16.2 (Debian 16.2-1)', '160002');
  expect(await warnOfFaults(old, false)).toBe(
    'Warning: the database is PostgreSQL 16.2, which has known faults. Bring it to 16.15 or newer.',
  );
  expect(await warnOfFaults(old, true)).toMatch(
    /^Warning: the PostgreSQL 16\.2 that comes with Gait has known faults, which 16\.15 mends .* set DATABASE_URL\.$/,
  );
  expect(await warnOfFaults(await serverOf('18.6', '180006'), false)).toBeNull();
});

it.each([
  ['a wrong password', { password: 'wrong' }, 'does not accept the user or password'],
  ['no password', { password: '' }, 'asks for a password, and DATABASE_URL has none.'],
  ['no such database', { pathname: '/none' }, 'There is no database "none" at 127.0'],
])('says at once what is wrong: %s', async (_, change, message) => {
  const began = performance.now();
  await expect(connectPatiently(changed(change))).rejects.toMatchObject({
    code: 'cannot_start',
    message: expect.stringContaining(message),
  });
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('says where it looked, also where the address does not say all of it', async () => {
  expect(await refused('postgresql:///gait?host=127.0.0.1&port=1')).toMatchObject({
    message: expect.stringContaining('The database "gait" at 127.0.0.1:1 does not answer (ECONNREFUSED).'),
  });
  expect(await refused('postgresql://ana@127.0.0.1:1')).toMatchObject({
    message: expect.stringContaining('The database "ana" at 127.0.0.1:1 does not answer'),
  });
});
