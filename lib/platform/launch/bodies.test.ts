import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBodies } from './bodies';
import { answerDirectly } from './direct';

/** Small enough to be met at once. */
const LIMITS = { ofOne: 2, all: 3, graceMs: 150, bytesPerSecond: 1_000, lookEveryMs: 20 };

let server: Server;
let bodies: ReturnType<typeof createBodies>;
let sockets: Socket[] = [];

beforeEach(async () => {
  bodies = createBodies(LIMITS);
  server = createServer((request, response) => {
    request.headers['x-gait-client'] = String(request.headers['x-sender'] ?? 'one');
    const refused = bodies.admit(request, response);
    if (refused) void answerDirectly(refused, request, response);
    else if (request.url === '/unread') response.end('answered');
    else request.resume().once('end', () => response.end('read'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  bodies.close();
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server.close();
});

type Exchange = { socket: Socket; said: () => string; isClosed: () => boolean };

/** Begins a request with a body of 10,000 bytes. */
function begin({ path = '/', sender = 'one' } = {}): Exchange {
  let said = '';
  let isClosed = false;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  socket.on('data', (data) => {
    said += data.toString();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
  });
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: gait\r\nx-sender: ${sender}\r\ncontent-length: 10000\r\n\r\nbegun`,
  );
  return { socket, said: () => said, isClosed: () => isClosed };
}

const status = ({ said }: Exchange) => /^HTTP\/1\.1 (\d+)/.exec(said())?.[1];

it('ends a body that hardly moves, and not one that does', async () => {
  const stalled = begin();
  const moving = begin();
  let left = 10_000 - 'begun'.length;
  const feeding = setInterval(() => {
    const part = Math.min(left, 500);
    left -= part;
    moving.socket.write('x'.repeat(part));
    if (left === 0) clearInterval(feeding);
  }, 10);
  await vi.waitFor(() => expect([status(stalled), stalled.isClosed()]).toEqual(['408', true]));
  await vi.waitFor(() => expect(moving.said()).toMatch(/read$/));
});

it('refuses more bodies of one sender, and more in all, until some have ended', async () => {
  const open = [begin(), begin()];
  await vi.waitFor(async () => {
    const more = begin();
    await vi.waitFor(() => expect([status(more), more.isClosed()]).toEqual(['429', true]));
    expect(more.said()).toContain('retry-after: 1');
  });
  const other = begin({ sender: 'other' });
  const late = begin({ sender: 'late' });
  await vi.waitFor(() => expect([status(other), status(late)]).toContain('503'));
  for (const { socket } of open) socket.destroy();
  await vi.waitFor(async () => {
    const again = begin();
    again.socket.write('x'.repeat(9_995));
    await vi.waitFor(() => expect(again.said()).toMatch(/read$/));
  });
});

it('closes the connection after an answer that did not wait for the body', async () => {
  const unread = begin({ path: '/unread' });
  await vi.waitFor(() => expect(unread.isClosed()).toBe(true));
  expect(unread.said()).toMatch(/^HTTP\/1\.1 200[\s\S]*connection: close[\s\S]*answered/i);
});
