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
