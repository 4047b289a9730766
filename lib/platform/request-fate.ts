import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is known of the request under way: that it failed only because Gait is busy, and when to come back. */
type Fate = { retryAfterSeconds: number | null };

const KEY = Symbol.for('gait.fate');
const holder = globalThis as typeof globalThis & { [KEY]?: AsyncLocalStorage<Fate> };

/** One for the process: the launcher begins requests, the server's bundle notes what becomes of them. */
function fates(): AsyncLocalStorage<Fate> {
  holder[KEY] ??= new AsyncLocalStorage();
  return holder[KEY];
}

/** Notes that the request under way meets a full pool or a lost database. */
export function noteBusy(retryAfterSeconds: number): void {
  const fate = fates().getStore();
  if (fate) fate.retryAfterSeconds = retryAfterSeconds;
}

/**
 * Lets a page that fails because Gait is busy say so: 503 with Retry-After, which browsers and load balancers understand,
 * where the framework knows only 500.
 */
export function withFate(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const fate: Fate = { retryAfterSeconds: null };
    const writeHead = response.writeHead.bind(response) as (
      status: number,
      ...rest: unknown[]
    ) => ServerResponse;
    response.writeHead = (status: number, ...rest: unknown[]) => {
      if (status !== 500 || fate.retryAfterSeconds === null) return writeHead(status, ...rest);
      response.setHeader('retry-after', fate.retryAfterSeconds);
      return writeHead(503, ...rest);
    };
    void fates().run(fate, () => answer(request, response));
  };
}
