import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { inOrg } from '@/lib/platform/db';
import { answerDirectly } from '@/lib/platform/launch/direct';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { asCloudEvent } from '@/lib/testing/record';
import { receiveEvents } from './receive';

/** Evidence over real sockets, as the launcher lets it in before the framework. */

aTestDatabase();

const MIB = 1024 * 1024;
let org: TestOrganisation;
let server: Server;
let port: number;

beforeAll(async () => {
  const clock = aClock(Date.now());
  org = await anOrganisation({ clock });
  server = createServer((request, response) => {
    void answerDirectly(
      (incoming, requestId) => receiveEvents(incoming, requestId, clock),
      request,
      response,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const events = (count: number, prefix: string) =>
  JSON.stringify(
    Array.from({ length: count }, (_, index) =>
      aTask(`${prefix}#${index}`).openedBy('codex').events.map(asCloudEvent),
    ).flat(),
  );

const head = (headers: Record<string, string>) => {
  const lines = Object.entries({
    host: 'gait',
    authorization: `Bearer ${org.token}`,
    'content-type': 'application/json',
    ...headers,
  });
  return `POST /api/v1/events HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
};

/** Sends bytes as they are, and reads what comes back until the connection ends or the text is there. */
function exchange(
  parts: readonly (string | Uint8Array)[],
  { until = /\r\n\r\n.*\}$/s, destroy = false } = {},
): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connectSocket(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
      if (destroy) setTimeout(() => socket.resetAndDestroy(), 50);
    });
    socket.on('data', (data) => {
      answer += data.toString();
      if (until.test(answer)) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

const stored = () => inOrg(org.orgId, (tx) => tx.event.count());
const chunk = (data: Uint8Array) =>
  Buffer.concat([Buffer.from(`${data.byteLength.toString(16)}\r\n`), data, Buffer.from('\r\n')]);

it('takes evidence, zipped or not, and several requests on one connection', async () => {
  const [plain, zipped] = [events(3, 'plain'), gzipSync(events(3, 'zipped'))];
  const answer = await exchange(
    [
      head({ 'content-length': String(plain.length) }) + plain,
      head({ 'content-length': String(zipped.length), 'content-encoding': 'gzip' }),
      zipped,
    ],
    { until: /"accepted":3.*"accepted":3.*\}$/s },
  );
  expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  expect(await stored()).toBe(6);
});

it('survives senders who break off in the middle, at any place, zipped or not, and keeps nothing of theirs', async () => {
  const before = await stored();
  const [plain, zipped] = [Buffer.from(events(50, 'half')), gzipSync(events(50, 'half'))];
  for (const body of [plain, zipped]) {
    const encoding: Record<string, string> = body === zipped ? { 'content-encoding': 'gzip' } : {};
    for (const share of [0, 0.3, 0.9]) {
      const headers = head({ 'content-length': String(body.byteLength), ...encoding });
      await exchange([headers, body.subarray(0, body.byteLength * share)], { destroy: true });
      await exchange([head({ 'transfer-encoding': 'chunked', ...encoding }), chunk(body.subarray(0, 40))], {
        destroy: true,
      });
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await stored()).toBe(before);
  const plainAgain = events(1, 'after');
  expect(await exchange([head({ 'content-length': String(plainAgain.length) }) + plainAgain])).toMatch(
    /^HTTP\/1\.1 200/,
  );
});

it('refuses a body that says it is too large before it reads it, and ends the connection', async () => {
  const answer = await exchange([head({ 'content-length': String(9 * MIB) }), Buffer.alloc(100_000)]);
  expect(answer).toMatch(/^HTTP\/1\.1 413/);
  expect(answer).toMatch(/connection: close/i);
});

it.each([
  ['plain', (): [Record<string, string>, Uint8Array] => [{}, Buffer.alloc(MIB, 0x20)]],
  [
    'zipped',
    (): [Record<string, string>, Uint8Array] => [
      { 'content-encoding': 'gzip' },
      gzipSync(Buffer.alloc(20 * MIB, 0x20)),
    ],
  ],
])('tells the sender of a body that turns out too large that it is: %s', async (_what, make) => {
  const [headers, part] = make();
  const parts = Array.from({ length: 10 }, () => chunk(part));
  expect(await exchange([head({ 'transfer-encoding': 'chunked', ...headers }), ...parts])).toMatch(
    /^HTTP\/1\.1 413/,
  );
});

it('answers a token that is none without waiting for the body', async () => {
  const answer = await exchange([head({ authorization: 'Bearer gait_x', 'content-length': '1000000' })]);
  expect(answer).toMatch(/^HTTP\/1\.1 401/);
  expect(answer).toContain('"code":"unauthenticated"');
});
