import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { reportFigure, sized } from '@/lib/testing/soak';
import { dispose, type Server, startServer } from './fixtures/server';
import { type Ask, asking, submit } from './security/ask';
import { builtActions } from './security/tree';

/** What comes over a connection that no browser and no honest sender would send: written byte by byte. */

test.describe.configure({ timeout: 120_000 });

let server: Server;
let ask: Ask;
let close = () => {};

test.beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: 'info' } });
  ({ ask, close } = asking(server.url));
});
test.afterAll(async () => {
  close();
  await dispose(server);
});

const port = () => Number(new URL(server.url).port);
const action = (name: string) => builtActions().get(name)?.id ?? '';

/** Sends bytes, and reads until the server ends the connection, or has said what was waited for. */
function exchange(
  parts: readonly (string | Buffer)[],
  until: RegExp = /$^/,
): Promise<{ said: string; isClosed: boolean }> {
  return new Promise((resolve) => {
    let said = '';
    let isDone = false;
    const socket = connect(port(), 'localhost', () => {
      for (const part of parts) socket.write(part);
    });
    const finish = (isClosed: boolean) => {
      if (isDone) return;
      isDone = true;
      socket.destroy();
      resolve({ said, isClosed });
    };
    socket.on('data', (data) => {
      said += data.toString('latin1');
      if (until.test(said)) finish(false);
    });
    socket.on('error', () => finish(true));
    socket.on('close', () => finish(true));
  });
}

const signIn = (headers: Record<string, string>) =>
  submit(ask, { id: action('signInAction'), page: '/sign-in', fields: { link: 'unknown' }, headers });

test('a form that a page of another site sent is refused with 403, whatever says so', async () => {
  const own = await signIn({ origin: server.url });
  expect(own.status).toBe(200);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'no address' },
    { origin: `${server.url}.evil.example` },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[]) {
    const { status, headers: answered, body } = await signIn(headers);
    expect([headers, status]).toEqual([headers, 403]);
    expect(answered['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toContain('nothing was done');
    const plain = await ask('POST', '/login', {
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x--\r\n',
    });
    expect([headers, plain.status]).toEqual([headers, 403]);
  }
});

const part = (name: string, value: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

test('a form that cannot be read is refused, and no fault of the server', async () => {
  const wrong: string[] = [];
  const id = action('signInAction');
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
  const asAction = { ...multipart, 'next-action': id };
  for (const [what, headers, body] of [
    ['an action that is none', { ...multipart, 'next-action': 'garbage' }, `${part('0', '[]')}--x--\r\n`],
    [
      'an action of before',
      { ...multipart, 'next-action': `40${'a'.repeat(40)}` },
      `${part('0', '[]')}--x--\r\n`,
    ],
    ['a body that ends too soon', asAction, part('0', '["$K1"')],
    ['no body', asAction, ''],
    ['no boundary', { ...asAction, 'content-type': 'multipart/form-data' }, part('0', '[]')],
    ['another boundary', asAction, '--y\r\n\r\n\r\n--y--\r\n'],
    ['no JSON', asAction, `${part('0', '[[[')}--x--\r\n`],
    ['nothing in it', asAction, `${part('0', '[]')}--x--\r\n`],
    ['numbers in place of a form', asAction, `${part('0', '[1,2]')}--x--\r\n`],
    ['another kind of argument', asAction, `${part('0', '[null,"$F1"]')}--x--\r\n`],
    [
      'names of the prototype',
      asAction,
      `${part('0', '["$1:__proto__:constructor","$2"]')}${part('1', '{}')}--x--\r\n`,
    ],
    ['two megabytes', asAction, `${part('0', `["${'x'.repeat(2_000_000)}"]`)}--x--\r\n`],
    ['a text', { 'content-type': 'text/plain', 'next-action': id }, '[null, 1]'],
    ['a text of brackets', { 'content-type': 'text/plain', 'next-action': id }, '['.repeat(900_000)],
    ['without a script, an action that is none', multipart, `${part('$ACTION_ID_zz', '')}--x--\r\n`],
    [
      'without a script, garbage',
      multipart,
      `${part('$ACTION_REF_1', '')}${part('$ACTION_1:0', '{{')}--x--\r\n`,
    ],
    ['without a script, half of it', multipart, part('$ACTION_REF_1', '').slice(0, -3)],
  ] as [string, Record<string, string>, string][]) {
    const { status } = await ask('POST', '/sign-in', { headers: { ...headers, origin: server.url }, body });
    if (status < 400 || status >= 500) wrong.push(`${what}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('a target that names another host leads nowhere', async () => {
  const wrong: string[] = [];
  for (const target of [
    'http://evil.example/',
    'http://evil.example/login',
    'https://evil.example/a/',
    'http://evil.example//',
    'HTTP://EVIL.EXAMPLE/',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '/%5cevil.example/',
    'http://localhost.evil.example/',
  ]) {
    const { said } = await exchange([
      `GET ${target} HTTP/1.1\r\nhost: localhost:${port()}\r\nconnection: close\r\n\r\n`,
    ]);
    const location = /^location: (\S+)/im.exec(said)?.[1];
    const isHere = location !== undefined && new URL(location, server.url).origin === server.url;
    if (!isHere && (location !== undefined || !/^HTTP\/1\.1 4/.test(said)))
      wrong.push(`${target}: ${said.slice(0, 200)}`);
  }
  expect(wrong).toEqual([]);
  const own = await exchange([
    `GET ${server.url}/api/health/live HTTP/1.1\r\nhost: localhost:${port()}\r\nconnection: close\r\n\r\n`,
  ]);
  expect(own.said).toMatch(/^HTTP\/1\.1 200/);
});

test('a SAML response that is too large is answered, and the connection closed', async () => {
  const head = [
    'POST /api/auth/saml/none/acs HTTP/1.1',
    `host: localhost:${port()}`,
    'content-type: application/x-www-form-urlencoded',
    'content-length: 50000000',
  ].join('\r\n');
  const { said, isClosed } = await exchange([`${head}\r\n\r\nSAMLResponse=`, Buffer.alloc(700_000, 'A')]);
  expect(said).toMatch(/^HTTP\/1\.1 303/);
  expect(said).toMatch(/^connection: close/im);
  expect(isClosed).toBe(true);
});

const memoryMiB = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;

/** Opens so many connections, says the same on each, and leaves them open. */
async function openMany(count: number, words: string): Promise<{ left(): number; closeAll(): void }> {
  const sockets = new Set<Socket>();
  const opened = Array.from({ length: count }, () => {
    const socket = connect(port(), 'localhost');
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.resume();
    return new Promise<void>((resolve) => {
      socket.once('connect', () => socket.write(words, () => resolve()));
      socket.once('close', () => resolve());
    });
  });
  await Promise.all(opened);
  return {
    left: () => sockets.size,
    closeAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

const soak = { tag: '@soak' };
const MOST_MIB = 250;

test(
  'thousands of bodies that never end are not waited for, take little memory, and keep nobody out',
  soak,
  async () => {
    const count = sized({ small: 1_500, full: 10_000 });
    const before = memoryMiB();
    const token = `gait_${'A'.repeat(72)}`;
    for (const path of ['/api/v1/events', '/api/auth/saml/none/acs', '/login']) {
      const words = [
        `POST ${path} HTTP/1.1`,
        `host: localhost:${port()}`,
        `authorization: Bearer ${token}`,
        'content-type: application/x-www-form-urlencoded',
        'content-length: 1000000',
        '',
        'a'.repeat(1_000),
      ].join('\r\n');
      const many = await openMany(count, words);
      await expect.poll(() => many.left(), { timeout: 60_000 }).toBeLessThanOrEqual(100);
      expect((await fetch(`${server.url}/api/health/ready`)).status).toBe(200);
      many.closeAll();
    }
    const grown = Math.round(memoryMiB() - before);
    reportFigure({
      simulation: 'Bodies that never end',
      figure: 'memory more than before in MiB',
      value: grown,
      target: { most: MOST_MIB },
      size: `3 × ${count} connections`,
    });
    expect(grown).toBeLessThanOrEqual(MOST_MIB);
  },
);

test('thousands of connections on which nothing is asked keep nobody out', async () => {
  const many = await openMany(3_000, 'GET /');
  expect((await fetch(`${server.url}/api/health/ready`)).status).toBe(200);
  await expect.poll(() => many.left(), { timeout: 30_000 }).toBeLessThanOrEqual(1_024);
  many.closeAll();
});

test('every line of the log is JSON, whatever was sent', async () => {
  await signIn({ origin: 'https://evil.example' });
  await ask('POST', '/sign-in', {
    headers: {
      origin: server.url,
      'next-action': action('signInAction'),
      'content-type': 'multipart/form-data; boundary=x',
    },
    body: part('0', '[["$K1"'),
  });
  await ask('POST', '/sign-in', { headers: { origin: server.url, 'next-action': 'a\tb' }, body: '' });
  const { stderr } = await server.stop();
  const lines = stderr.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
});
