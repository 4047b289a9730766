import type { Answer, Incoming } from '@/lib/platform/answer';
import { unknownToken } from '@/lib/platform/bearer';
import { systemClock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { translateDatabaseError } from '@/lib/platform/db-errors';
import { publicUrl } from '@/lib/platform/env';
import { AppError, isAppError } from '@/lib/platform/errors';
import { incomingOf, methods, route } from '@/lib/platform/http';
import { logger } from '@/lib/platform/logger';
import { repeatedIn } from '@/lib/platform/query';
import { LIMITS, requireWithinLimit } from '@/lib/platform/rate-limit';
import { readJson } from '@/lib/platform/read-json';
import { noteRefusal } from '@/lib/platform/refusal';
import { directoryOf } from '@/lib/tokens/ability';
import { requireToken } from '@/lib/tokens/live';
import { findDirectory } from './data/connection';
import type { ResourceKind } from './schema/attributes';
import { isNotModified } from './schema/etag';
import { type ListQuery, listQuerySchema, projectionSchema, SCIM_BODY, SCIM_PATH } from './schema/query';
import { quoted, refusal } from './schema/refusals';
import { listOf, type Projection, projected, type Resource } from './schema/represent';
import type { Page } from './types';

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';
const MEDIA_TYPES = ['application/scim+json', 'application/json'];

/** What of an address varies; the framework hands over nothing where nothing does. */
type Parts = { id?: string; path?: string[] } | undefined;

/** A request of a directory, after its token was looked up. */
export type Directed = { ctx: Ctx; request: Request; id: string; baseUrl: string };

/**
 * A door of the directory: authenticates the token, hands the request over, and answers in SCIM's own form, also when something is
 * wrong.
 */
export function directoryRoute(handle: (directed: Directed) => Promise<Response | Answer>) {
  return route<Parts>(async (request, { requestId, params }) => {
    try {
      const ctx = await requireDirectoryToken(incomingOf(request), requestId);
      const { id = '' } = (await params) ?? {};
      return await handle({ ctx, request, id, baseUrl: publicUrl() + SCIM_PATH });
    } catch (thrown) {
      return refused(thrown, requestId);
    }
  });
}

/** All methods of an address of the directory. */
export function directoryMethods(doors: Parameters<typeof methods<Parts>>[0]) {
  return methods<Parts>(doors, (detail) => scimError(405, detail));
}

/** The directory that the request's token speaks for. */
async function requireDirectoryToken(incoming: Incoming, requestId: string): Promise<Ctx> {
  const clock = systemClock;
  const { orgId, token } = await requireToken(incoming, clock);
  const connection = directoryOf(token);
  if (connection === null)
    throw new AppError(
      'forbidden',
      'This token is not one of a directory: make one on the connection’s page.',
    );
  if (!(await findDirectory(orgId, connection))) throw unknownToken();
  const { id: tokenId, name } = token;
  await requireWithinLimit(LIMITS.directory, tokenId);
  return { orgId, actor: { kind: 'scim', tokenId, name, connection }, clock, requestId };
}

/** The body as JSON, under either of the two names that directories give it. */
export async function readScim(request: Request): Promise<unknown> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (!MEDIA_TYPES.includes(type.trim().toLowerCase()))
    throw new AppError('unsupported_media', 'Send application/scim+json or application/json.');
  try {
    return await readJson(incomingOf(request), SCIM_BODY);
  } catch (thrown) {
    if (isAppError(thrown) && thrown.code === 'bad_request') throw refusal('invalidSyntax', thrown.message);
    throw thrown;
  }
}

export function readListQuery(request: Request): ListQuery {
  return readSearch(request, listQuerySchema);
}

export function readProjection(request: Request): Projection {
  return readSearch(request, projectionSchema);
}

/** Parameters that SCIM does not know, or Gait does not support, are ignored. */
function readSearch<T extends object>(
  request: Request,
  schema: {
    safeParse(
      value: unknown,
    ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[] }[] } };
  },
): T {
  const { searchParams } = new URL(request.url);
  const parsed = schema.safeParse(Object.fromEntries(searchParams));
  if (!parsed.success)
    throw refusal(
      'invalidValue',
      `The parameter ${quoted(String(parsed.error.issues[0]?.path[0]))} cannot be read.`,
    );
  const repeated = repeatedIn(searchParams, Object.keys(parsed.data));
  if (repeated !== undefined)
    throw refusal('invalidValue', `The parameter ${quoted(repeated)} may be given only once.`);
  return parsed.data;
}

/** The version that the request wants to change. */
export function expectedVersion(request: Request): string | null {
  return request.headers.get('if-match');
}

/** One resource, unless the directory has this version of it already. */
export function resourceAnswer(
  kind: ResourceKind,
  resource: Resource,
  { request, status = 200 }: { request: Request; status?: number },
): Response | Answer {
  const { version: etag, location } = resource.meta;
  if (request.method === 'GET' && isNotModified(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers: { etag } });
  const { headers, body } = scimAnswer(projected(kind, resource, readProjection(request)));
  return { status, headers: { ...headers, etag, location }, body };
}

export function listAnswer<Row>(
  kind: ResourceKind,
  page: Page<Row>,
  represent: (row: Row) => Resource,
  projection: Projection,
): Answer {
  const resources = page.rows.map((row) => projected(kind, represent(row), projection));
  return scimAnswer(listOf(resources, page));
}

/** Of what Gait says about itself: all, or the one that is named. It cannot be filtered (RFC 7644 §4). */
export function discoveryAnswer(
  { request, id }: Directed,
  all: readonly ({ id: string } & Record<string, unknown>)[],
): Answer {
  if (new URL(request.url).searchParams.has('filter'))
    throw new AppError('forbidden', 'This list cannot be filtered.');
  if (id === '') return scimAnswer(listOf(all, { totalResults: all.length, startIndex: 1 }));
  const one = all.find((resource) => resource.id.toLowerCase() === id.toLowerCase());
  if (!one) throw new AppError('not_found', `There is no ${quoted(id)}.`);
  return scimAnswer(one);
}

export function scimAnswer(value: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/scim+json' }, body: JSON.stringify(value) };
}

export function emptyAnswer(): Response {
  return new Response(null, { status: 204 });
}

/** What SCIM knows and Gait does not do: bulk requests, searching by POST, and `/Me`. */
export function notSupported(): Answer {
  return scimError(501, 'Gait does not support this; /ServiceProviderConfig says what it does.');
}

/** An error in SCIM's form (RFC 7644 §3.12). */
function scimError(
  status: number,
  detail: string,
  scimType?: string,
  headers: Record<string, string> = {},
): Answer {
  const body = { schemas: [ERROR_SCHEMA], status: String(status), ...(scimType && { scimType }), detail };
  return {
    status,
    headers: { 'content-type': 'application/scim+json', ...headers },
    body: JSON.stringify(body),
  };
}

/** What is not meant for others goes to the log, never into the answer. */
function refused(thrown: unknown, requestId: string): Answer {
  const error = translateDatabaseError(thrown);
  if (!isAppError(error)) {
    logger().error({ err: thrown, requestId }, 'unexpected error');
    return scimError(500, `Something went wrong inside Gait: see its log under ${requestId}.`);
  }
  noteRefusal(error, { requestId });
  const { status, message, subtype, retryAfterSeconds } = error;
  const headers = {
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
  return scimError(status, message, subtype, headers);
}
