import { type Answer, commonHeaders, errorAnswer, type Incoming, problemAnswer } from './answer';
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

type Door<Params> = ReturnType<typeof route<Params>>;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];

/** What a method that an address does not have is told: by default a problem, as everywhere in the API. */
type Refuse405 = (detail: string, requestId: string) => Answer;
const problem405: Refuse405 = (detail, requestId) =>
  problemAnswer({ code: 'method_not_allowed', status: 405, detail, requestId });

/** All methods of one address: those given here, HEAD where there is GET, what is allowed for OPTIONS, and 405 for the others. */
export function methods<Params = Record<string, never>>(
  doors: Partial<Record<Exclude<Method, 'HEAD' | 'OPTIONS'>, Door<Params>>>,
  refuse405: Refuse405 = problem405,
): Record<Method, Door<Params>> {
  const given: Partial<Record<Method, Door<Params>>> = { ...doors, ...(doors.GET && { HEAD: doors.GET }) };
  const allow = METHODS.filter((method) => method === 'OPTIONS' || given[method]).join(', ');
  const options = route<Params>(async () => new Response(null, { status: 204, headers: { allow } }));
  const refuse = route<Params>(async ({ method }, { requestId }) => {
    const detail = `${method} is not answered here. Allowed: ${allow}.`;
    const answer = refuse405(detail, requestId);
    return { ...answer, headers: { ...answer.headers, allow } };
  });
  const doorOf = (method: Method) => given[method] ?? (method === 'OPTIONS' ? options : refuse);
  return {
    GET: doorOf('GET'),
    HEAD: doorOf('HEAD'),
    POST: doorOf('POST'),
    PUT: doorOf('PUT'),
    PATCH: doorOf('PATCH'),
    DELETE: doorOf('DELETE'),
    OPTIONS: doorOf('OPTIONS'),
  };
}

/** A web request as doors read it. */
export function incomingOf(request: Request): Incoming {
  return { header: (name) => request.headers.get(name), body: request.body };
}
