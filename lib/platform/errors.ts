/** When each code is thrown. Doors translate a code once; the code itself is stable and part of the public API. */
export type ErrorCode =
  /** The request cannot be understood at all: not JSON, an unknown parameter, a broken cursor. */
  | 'bad_request'
  /** The request is understood, but a value in it is not allowed; `fields` or `pointer` say which. */
  | 'invalid'
  /** Nobody is signed in, or the token is unknown, expired or revoked. */
  | 'unauthenticated'
  /** The actor is known and may do this, but must first prove anew who they are. */
  | 'fresh_sign_in_needed'
  /** The actor is known and may not do this. */
  | 'forbidden'
  /** It does not exist, or the actor may not know that it does. */
  | 'not_found'
  /** It was true when the actor looked, and is not any more: somebody decided first. */
  | 'conflict'
  /** The actor named the version that they had seen, and another one stands. */
  | 'stale'
  /** The body, the batch or the file is larger than allowed. */
  | 'too_large'
  /** The content type is none that the route reads. */
  | 'unsupported_media'
  /** Somebody tries too often; `retryAfterSeconds` says when to come back. Others are not held up by it. */
  | 'limited'
  /** The actor, or the whole server, sends more than is allowed just now; `retryAfterSeconds` says when to come back. */
  | 'overloaded'
  /** Something that Gait needs, such as its database, does not answer at the moment. */
  | 'unavailable'
  /** Gait cannot start, and the message says what to do; never seen over HTTP. */
  | 'cannot_start'
  /** A bug. The message for people is general; the cause is in the log. */
  | 'internal';

const statusOf = {
  bad_request: 400,
  invalid: 422,
  unauthenticated: 401,
  fresh_sign_in_needed: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported_media: 415,
  limited: 429,
  overloaded: 503,
  unavailable: 503,
  cannot_start: 500,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

export type ErrorDetails = {
  /** RFC 6901 pointer to the offending value of a JSON body. */
  pointer?: string;
  /** Messages by field, for forms and for problem+json. */
  fields?: Readonly<Record<string, readonly string[]>>;
  retryAfterSeconds?: number;
  /** What the door's own protocol calls it, such as `uniqueness` in SCIM. */
  subtype?: string;
  cause?: unknown;
};

/** The only error class of Gait: a stable code and one sentence for people. Anything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly pointer: string | undefined;
  readonly fields: Readonly<Record<string, readonly string[]>> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly subtype: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = statusOf[code];
    this.pointer = details.pointer;
    this.fields = details.fields;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.subtype = details.subtype;
  }
}

/** What a form is told whose fields say what is wrong. */
export const NOT_SAVED = 'Not saved yet: what is wrong stands at its field.';

/** Refuses what was typed, with sentences by field name. */
export function refusedFields(fields: Record<string, readonly string[]>): AppError {
  return new AppError('invalid', NOT_SAVED, { fields });
}

/** Across bundles: the server's and the command line's copies of this class are two classes in one process. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}

export function cannotStart(message: string, cause?: unknown): AppError {
  return new AppError('cannot_start', message, cause === undefined ? {} : { cause });
}

/** The system's word for what went wrong (`EACCES`, `ECONNREFUSED`, `28P01`), if it said one. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
