import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { limitConnections } from './connections';

let server: Server;
let open: Socket[] = [];

beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/') response.end('here');
  });
  limitConnections(server, { all: 10, ofOne: 3 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  for (const socket of open) socket.destroy();
  open = [];
  server.close();
});

async function connected(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  open.push(socket);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket.resume();
}

const ask = (socket: Socket, path: string) => socket.write(`GET ${path} HTTP/1.1\r\nhost: gait\r\n\r\n`);

it('gives the place of the connection that has been idle longest to a new one', async () => {
  const [first, second, third] = [await connected(), await connected(), await connected()];
  const answered = new Promise((resolve) => first.once('data', resolve));
  ask(first, '/');
  await answered;
  const fourth = await connected();
  await vi.waitFor(() => expect(second.closed).toBe(true));
  expect([first.closed, third.closed, fourth.closed]).toEqual([false, false, false]);
});

it('takes no place of a request under way', async () => {
  const busy = [await connected(), await connected(), await connected()];
  const underWay = new Promise<void>((resolve) => {
    let count = 0;
    server.on('request', () => {
      count += 1;
      if (count === 3) resolve();
    });
  });
  for (const socket of busy) ask(socket, '/never');
  await underWay;
  const late = await connected();
  await vi.waitFor(() => expect(late.closed).toBe(true));
  expect(busy.map(({ closed }) => closed)).toEqual([false, false, false]);
});
