import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorAnswer } from '@/lib/platform/answer';
import { addressOf } from '@/lib/platform/client-address';
import { AppError } from '@/lib/platform/errors';
import type { DirectDoor } from '@/lib/platform/launch/direct';

const LIMITS = {
  /** Bodies that may be under way at once: of one sender, and in all. */
  ofOne: 100,
  all: 1_000,
  /** From then on a body must come at so many bytes a second on average. */
  graceMs: 20_000,
  bytesPerSecond: 1_024,
  lookEveryMs: 5_000,
};

type UnderWay = { request: IncomingMessage; since: number; bytesBefore: number };

/**
 * Keeps bodies that do not come to an end from filling the memory: bounds how many are under way, ends those that hardly move, and
 * closes the connection after an answer that did not wait for the rest.
 */
export function createBodies(limits = LIMITS): {
  /** @returns how to answer instead, where there are too many */
  admit(request: IncomingMessage, response: ServerResponse): DirectDoor | null;
  close(): void;
} {
  const underWay = new Set<UnderWay>();
  const ofSender = new Map<string, number>();
  const look = setInterval(() => {
    for (const body of underWay) if (isStalled(body, limits)) timeOut(body.request);
  }, limits.lookEveryMs).unref();

  const track = (request: IncomingMessage, response: ServerResponse, sender: string) => {
    const body = { request, since: performance.now(), bytesBefore: request.socket.bytesRead };
    underWay.add(body);
    ofSender.set(sender, (ofSender.get(sender) ?? 0) + 1);
    const end = () => {
      if (!underWay.delete(body)) return;
      const left = (ofSender.get(sender) ?? 1) - 1;
      if (left === 0) ofSender.delete(sender);
      else ofSender.set(sender, left);
    };
    request.once('end', end);
    request.once('close', end);
    response.once('close', end);
  };

  return {
    admit: (request, response) => {
      if (request.complete || !hasBody(request)) return null;
      closeUnlessRead(request, response);
      const sender = addressOf({ header: (name) => [request.headers[name]].flat()[0] ?? null });
      if (underWay.size >= limits.all) return refuse('overloaded', 'Too many requests are still being sent.');
      if ((ofSender.get(sender) ?? 0) >= limits.ofOne)
        return refuse('limited', `At most ${limits.ofOne} requests may be under way from one address.`);
      track(request, response, sender);
      return null;
    },
    close: () => clearInterval(look),
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What is left of the body would else be waited for, however long it is. */
function closeUnlessRead(request: IncomingMessage, response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...rest: unknown[]) => ServerResponse;
  response.writeHead = (...rest: unknown[]) => {
    if (!request.complete) response.setHeader('connection', 'close');
    return writeHead(...rest);
  };
}

/** Of a body that Gait waits for, and does not keep waiting. */
function isStalled(
  { request, since, bytesBefore }: UnderWay,
  { graceMs, bytesPerSecond }: typeof LIMITS,
): boolean {
  const elapsedMs = performance.now() - since;
  if (elapsedMs < graceMs || request.readableLength > 0) return false;
  return request.socket.bytesRead - bytesBefore < (elapsedMs / 1_000) * bytesPerSecond;
}

function timeOut({ socket }: IncomingMessage): void {
  if (socket.writable)
    socket.write('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  socket.destroySoon();
}

function refuse(code: 'overloaded' | 'limited', message: string): DirectDoor {
  return async (_incoming, requestId) =>
    errorAnswer(new AppError(code, `${message} Try again shortly.`, { retryAfterSeconds: 1 }), requestId);
}
