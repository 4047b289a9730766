import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { commonHeaders, problemAnswer } from '@/lib/platform/answer';
import { env } from '@/lib/platform/env';
import { cannotStart, messageOf, systemCode } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { limitConnections } from '@/lib/platform/launch/connections';

/** Where to listen, and the command that was told so. */
type Place = { port: number; host: string | undefined; command: string };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export type Door = {
  server: Server;
  /** From here on requests get real answers; before, they are asked to come back in a second. */
  open(answer: Answer): void;
  /**
   * For so many ms it says at /api/health/ready that it goes, while everything else is answered as ever, each time as the last on its
   * connection: whoever hands out requests has time to turn to another server.
   */
  drain(milliseconds: number): Promise<void>;
  /** No new requests; the running ones have up to ten seconds. */
  close(): Promise<void>;
};

const limits = {
  /** Longer than the minute that load balancers keep an idle connection, so that they never write into a closing one. */
  keepAliveTimeout: 65_000,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
  /** Time for a whole request with its body: evidence may come as a large file over a slow line. */
  requestTimeout: 300_000,
  maxHeaderSize: 16_384,
};

const most = { all: 4_096, ofOne: 1_024 };

const drainMilliseconds = 10_000;

function answersAlready(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host: '127.0.0.1', timeout: 500 });
    const end = (answer: boolean) => {
      probe.destroy();
      resolve(answer);
    };
    probe.once('connect', () => end(true));
    probe.once('error', () => end(false));
    probe.once('timeout', () => end(false));
  });
}

function explain(error: unknown, { port, host, command }: Place): string {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} is already in use by another program. Set PORT to a free one, such as PORT=${port === 65_535 ? 3001 : port + 1} ${command}.`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Set PORT to one above 1023, such as PORT=3000 ${command}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${host} is no address of this machine.`;
    default:
      return `Gait cannot listen on port ${port}: ${messageOf(error)}.`;
  }
}

/** Whether a request asks for this address of health; a load balancer may ask with a query. */
function asksHealth({ method, url }: IncomingMessage, name: 'live' | 'ready'): boolean {
  return (method === 'GET' || method === 'HEAD') && url?.split('?', 1)[0] === `/api/health/${name}`;
}

/** Who asks only whether the process lives gets its answer at once, so that no keeper of processes ends a long first start. */
function answersLive(request: IncomingMessage, response: ServerResponse): boolean {
  if (!asksHealth(request, 'live')) return false;
  const headers = { ...commonHeaders(newId()), 'content-type': 'application/json', connection: 'close' };
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : '{"status":"live"}');
  return true;
}

const unavailable = { 'retry-after': '1', connection: 'close' };

/** @param detail what is so at the moment, in a sentence */
function refuse({ method }: IncomingMessage, response: ServerResponse, detail: string): void {
  const requestId = newId();
  const { status, ...problem } = problemAnswer({ code: 'unavailable', status: 503, detail, requestId });
  response.writeHead(status, { ...problem.headers, ...commonHeaders(requestId), ...unavailable });
  response.end(method === 'HEAD' ? undefined : problem.body);
}

const starting: Answer = (request, response) => {
  if (answersLive(request, response)) return;
  const detail = 'Gait is starting. Try again in a second.';
  if (request.url?.startsWith('/api/')) refuse(request, response, detail);
  else {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', ...unavailable });
    response.end(`${detail}\n`);
  }
};

/** Takes the port before anything slow is done, so that a taken one is said at once. */
export async function takePort(place: Place): Promise<Door> {
  const { port, host } = place;
  // Some systems let two programs share a port when one listens on all interfaces and the other on one.
  if (await answersAlready(port)) throw cannotStart(explain({ code: 'EADDRINUSE' }, place));
  let answer = starting;
  let isLeaving = false;
  const server = createServer(limits, (request, response) => {
    if (isLeaving) response.setHeader('connection', 'close');
    if (isLeaving && asksHealth(request, 'ready'))
      refuse(request, response, 'Gait is stopping. Ask another server.');
    else answer(request, response);
  });
  // Behind a proxy of one's own all connections come from the proxy.
  limitConnections(server, env().GAIT_PROXIES === 0 ? most : { ...most, ofOne: Number.POSITIVE_INFINITY });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotStart(explain(error, place), error)));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });

  async function drain(milliseconds: number): Promise<void> {
    isLeaving = true;
    await sleep(milliseconds);
  }

  async function close(): Promise<void> {
    isLeaving = true;
    const closed = new Promise<'closed'>((resolve) => server.close(() => resolve('closed')));
    const tidy = setInterval(() => server.closeIdleConnections(), 50);
    server.closeIdleConnections();
    if (
      (await Promise.race([closed, sleep(drainMilliseconds, 'late' as const, { ref: false })])) === 'late'
    ) {
      server.closeAllConnections();
      await closed;
    }
    clearInterval(tidy);
  }
  return {
    server,
    open: (real) => {
      answer = real;
    },
    drain,
    close,
  };
}
