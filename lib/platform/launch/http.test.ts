import { Agent, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Door, takePort } from './http';

let door: Door;
let url: string;

beforeEach(async () => {
  door = await takePort({ port: 0, host: '127.0.0.1', command: 'npm start' });
  url = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
});

afterEach(() => door.close());

it('says that it lives while it starts, and that it is not ready yet', async () => {
  const live = await fetch(`${url}/api/health/live`);
  expect(live.status).toBe(200);
  expect(live.headers.get('cache-control')).toBe('no-store');
  expect(await live.json()).toEqual({ status: 'live' });
  expect((await fetch(`${url}/api/health/live`, { method: 'HEAD' })).status).toBe(200);
  for (const path of ['/api/health/ready', '/api/v1/events', '/']) {
    const early = await fetch(url + path);
    expect([path, early.status, early.headers.get('retry-after')]).toEqual([path, 503, '1']);
  }
  expect((await fetch(`${url}/api/health/live`, { method: 'POST' })).status).toBe(503);
});

it('answers by itself no longer once it is open', async () => {
  door.open((_request, response) => response.writeHead(204).end());
  expect((await fetch(`${url}/api/health/live`)).status).toBe(204);
});

it('says that it is not ready any more while it still answers, each time as the last on its connection', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string) =>
    new Promise<{ status: number | undefined; connection: string | undefined; isReused: boolean }>(
      (resolve, reject) => {
        const asked = get(url + path, { agent }, (response) => {
          response.resume().once('end', () =>
            resolve({
              status: response.statusCode,
              connection: response.headers.connection,
              isReused: asked.reusedSocket,
            }),
          );
        }).once('error', reject);
      },
    );
  door.open((_request, response) => response.writeHead(200).end('served'));
  expect(await ask('/')).toMatchObject({ status: 200, connection: 'keep-alive' });

  const drained = door.drain(300);
  expect(await ask('/page')).toEqual({ status: 200, connection: 'close', isReused: true });
  expect(await ask('/api/health/ready?by=balancer')).toMatchObject({ status: 503, connection: 'close' });
  expect((await fetch(`${url}/api/health/ready`, { method: 'HEAD' })).status).toBe(503);
  for (const path of ['/', '/api/health/live', '/api/v1/events'])
    expect(await ask(path)).toEqual({ status: 200, connection: 'close', isReused: false });
  await drained;
  await door.close();
  await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

it('lets a request end that is under way when the port closes', async () => {
  const under = Promise.withResolvers<ServerResponse>();
  door.open((_request, response) => under.resolve(response));
  const answer = fetch(url);
  const response = await under.promise;
  await door.drain(0);
  const closed = door.close();
  response.end('late, and whole');
  expect(await (await answer).text()).toBe('late, and whole');
  await closed;
});
