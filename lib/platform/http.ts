import { type Answer, commonHeaders, errorAnswer, type Incoming } from './answer';
import { newId } from './ids';
import { logger } from './logger';

type Handler<Params> = (
  request: Request,
  context: { requestId: string; params: Promise<Params> },
) => Promise<Response | Answer>;

/**
 * A door of the HTTP API: gives the request an id, turns errors into problem+json, and logs what failed. The
 * handler authenticates, parses, calls one verb and answers.
 */
export function route<Params = Record<string, never>>(handler: Handler<Params>) {
  return async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    const requestId = newId();
    const started = performance.now();
    const answer = await handler(request, { requestId, params }).catch((error: unknown) =>
      errorAnswer(error, requestId),
    );
    const response = answer instanceof Response ? answer : new Response(answer.body, answer);
    for (const [name, value] of Object.entries(commonHeaders(requestId))) response.headers.set(name, value);
    const { status } = response;
    const log = logger();
    if (status >= 500 || log.isLevelEnabled('debug')) {
      const ms = Math.round(performance.now() - started);
      const line = { requestId, method: request.method, path: new URL(request.url).pathname, status, ms };
      log[status >= 500 ? 'warn' : 'debug'](line, 'request');
    }
    return response;
  };
}

/** A web request as doors read it. */
export function incomingOf(request: Request): Incoming {
  return { header: (name) => request.headers.get(name), body: request.body };
}
