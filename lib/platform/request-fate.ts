import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is known of the request under way: that it failed only because Gait is busy, and when to come back; that a form was understood. */
type Fate = { retryAfterSeconds: number | null; isForm: boolean; isUnderstood: boolean };

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

/** Notes that what was sent is a form of one of Gait's actions, which from here on is responsible for what becomes of it. */
export function noteUnderstood(): void {
  const fate = fates().getStore();
  if (fate) fate.isUnderstood = true;
}

/** Whether the request under way is a form that no action has recognised: what goes wrong in it, its sender has done. */
export function isUnreadForm(): boolean {
  const fate = fates().getStore();
  return fate?.isForm === true && !fate.isUnderstood;
}

/**
 * Lets a page that fails because Gait is busy say so: 503 with Retry-After, which browsers and load balancers understand,
 * where the framework knows only 500. So it does of a form that it could not even read: that is the sender's fault, 400.
 */
export function withFate(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const isForm = request.method === 'POST' && !request.url?.startsWith('/api/');
    const fate: Fate = { retryAfterSeconds: null, isForm, isUnderstood: false };
    const writeHead = response.writeHead.bind(response) as (
      status: number,
      ...rest: unknown[]
    ) => ServerResponse;
    response.writeHead = (status: number, ...rest: unknown[]) => {
      if (status === 500 && isForm && !fate.isUnderstood && fate.retryAfterSeconds === null)
        return writeHead(400, ...rest);
      if (status !== 500 || fate.retryAfterSeconds === null) return writeHead(status, ...rest);
      response.setHeader('retry-after', fate.retryAfterSeconds);
      return writeHead(503, ...rest);
    };
    void fates().run(fate, () => answer(request, response));
  };
}
