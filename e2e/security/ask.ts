import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { createRequire } from 'node:module';

export type Said = { status: number; headers: IncomingHttpHeaders; body: string };
export type Asked = { headers?: OutgoingHttpHeaders; body?: string | Buffer };
export type Ask = (method: string, path: string, asked?: Asked) => Promise<Said>;

/** Asks with any header and any path, as written: `fetch` would tidy both up. Redirects are not followed. */
export function asking(url: string): { ask: Ask; close(): void } {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask: Ask = (method, path, { headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      let isAnswered = false;
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const sent = request(
        { agent, hostname, port, method, path, headers: { ...headers, ...length } },
        (answer) => {
          isAnswered = true;
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      // Who answers before the body has ended may close the connection under it.
      sent.on('error', (error) => {
        if (!isAnswered) reject(error);
      });
      sent.end(body);
    });
  return { ask, close: () => agent.destroy() };
}

/** The framework's own way to write down the arguments of an action, as its part in the browser does. */
const { encodeReply } = createRequire(import.meta.url)(
  'next/dist/compiled/react-server-dom-turbopack/client.node',
) as { encodeReply(values: readonly unknown[]): Promise<FormData> };

/** Calls a server action as a form of Gait's own pages does: with the state before, which is none, and the form. */
export async function submit(
  ask: Ask,
  { id, page, fields, headers }: { id: string; page: string; fields: Fields; headers: OutgoingHttpHeaders },
): Promise<Said> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) form.append(name, one);
  const encoded = new Request('http://form', { method: 'POST', body: await encodeReply([null, form]) });
  return ask('POST', page, {
    headers: {
      accept: 'text/x-component',
      'content-type': encoded.headers.get('content-type') ?? '',
      'next-action': id,
      ...headers,
    },
    body: Buffer.from(await encoded.arrayBuffer()),
  });
}

export type Fields = Record<string, string | string[]>;

/** As data: the framework first leads to the address that names what was asked for, and answers there. */
export async function followingData(ask: Ask, method: string, path: string, asked: Asked): Promise<Said> {
  const said = await ask(method, path, asked);
  const { location } = said.headers;
  return said.status === 307 && location?.includes('_rsc') ? ask(method, location, asked) : said;
}

/** What a form is told: `ok`, the stable code of a refusal, `unsent` where a field was wrong, or where it is led. */
export function toldTo({ status, headers, body }: Said): string {
  const led = headers['x-action-redirect'];
  if (typeof led === 'string') return led.split(';')[0] ?? '';
  if (status !== 200) return String(status);
  const state = /^1:(\{.*\})$/m.exec(body)?.[1];
  const told = state === undefined ? null : (JSON.parse(state) as { ok?: boolean; code?: string });
  return told?.ok === true ? 'ok' : (told?.code ?? 'unsent');
}

/** Runs so many at once, and waits for all. */
export async function inParallel<T>(
  items: readonly T[],
  run: (item: T) => Promise<void>,
  atOnce = 8,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await run(item);
    }),
  );
}
