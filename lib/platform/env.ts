import { z } from 'zod';
import { AppError } from '@/lib/platform/errors';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

const urlOf = (protocols: readonly string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be an address such as ${example}`,
  });

/** The driver takes these modes for verify-full, and warns of it in ten lines at every start: said as it is, it does not. */
function plainSslMode(value: string): string {
  if (value.includes('uselibpqcompat=true')) return value;
  return value.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}

/** Every address that Gait makes begins at the root of its host. */
function isRoot(value: string): boolean {
  return !URL.canParse(value) || /^\/*$/.test(new URL(value).pathname);
}

/** Paths are put behind it, and browsers send no user of an address along. */
function isPlain(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const { username, password, search, hash } = new URL(value);
  return [username, password, search, hash].every((part) => part === '');
}

const envSchema = z.object({
  /** PostgreSQL 15 or newer. Absent: Gait brings its own and keeps it in GAIT_HOME. */
  DATABASE_URL: urlOf(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/gait')
    .transform(plainSslMode)
    .optional(),
  /**
   * Connections one process may hold. Ten serve some hundred requests a second; the embedded server allows fifty in all.
   * Behind a pooler, or with many replicas: replicas × this must stay below what the database allows.
   */
  DATABASE_POOL_SIZE: wholeNumber(1, 500).default(10),
  /** The address people and forges reach Gait at; without it, http://localhost:PORT. */
  GAIT_URL: urlOf(['http:', 'https:'], 'https://gait.example.com')
    .refine(isPlain, {
      error: 'must be an address such as https://gait.example.com, without a user, a query or a fragment',
    })
    .refine(isRoot, {
      error:
        'must be an address without a path, such as https://gait.example.com: give Gait a host name of its own',
    })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  PORT: wholeNumber(1, 65_535).default(3000),
  /** The network interface to listen on; without it, all of them. */
  HOST: z.string().optional(),
  /** Signs what must not be forged. Absent: made once and kept in GAIT_HOME. */
  AUTH_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters of randomness, such as `openssl rand -base64 32` prints')
    .optional(),
  /** The AUTH_SECRET before this one: while it is named, what was encrypted under it still opens, and is encrypted anew. */
  AUTH_SECRET_PREVIOUS: z.string().optional(),
  /** A file that every signed checkpoint of the audit log is appended to; best on a disk that the database cannot reach. */
  AUDIT_CHECKPOINT_FILE: z.string().optional(),
  /** How many proxies of your own stand before Gait: so many entries of X-Forwarded-For, from the right, are believed. */
  GAIT_PROXIES: wholeNumber(0, 10).default(0),
  /**
   * On SIGTERM, for so many seconds /api/health/ready answers 503 while everything else is still served: so long a load balancer has to
   * notice. Absent: 5, or 0 where Gait brings its own database, since no other server takes over.
   */
  GAIT_DRAIN_SECONDS: wholeNumber(0, 300).optional(),
  /** Whom mail comes from; without it, gait@ and the host of GAIT_URL. */
  MAIL_FROM: z.string().optional(),
  /**
   * Hosts of your own network that Gait may speak to although they are not public, also over http: an identity provider of your
   * own. By commas, with the port where it is not the usual one.
   */
  GAIT_TRUSTED_HOSTS: z
    .string()
    .transform((list) => new Set(list.split(',').map((host) => host.trim().toLowerCase())))
    .optional(),
  /** Where domains are asked for their proofs: `address` or `address:port`. Absent: the machine's own resolver. */
  DNS_SERVER: z
    .string()
    .regex(/^[\w.:[\]-]+$/, 'must be an address such as 10.0.0.53 or 127.0.0.1:5353')
    .optional(),
  SMTP_URL: urlOf(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587').optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  /** What the `gait` command signs its requests to GAIT_URL with. */
  GAIT_TOKEN: z
    .string()
    .trim()
    .regex(/^[!-~]+$/, 'must be a token as `gait token create` prints it')
    .optional(),
  /** The data folder: embedded database, secrets, lock. Absent: `.gait` in the checkout. */
  GAIT_HOME: z.string().optional(),
});

export type Env = z.infer<typeof envSchema>;

/** Reads the environment afresh; an empty value counts as absent. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const read = envSchema.safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const name = String(issue?.path[0]);
  throw new AppError('cannot_start', `${name} ${issue?.message ?? 'is not allowed'}.`, {
    pointer: `/${name}`,
  });
}

let cached: Env | undefined;

export function env(): Env {
  cached ??= readEnv();
  return cached;
}

/** The launcher decides some values itself; the server's bundle, a second module graph in this process, reads them from here. */
export function adoptEnv(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
  cached = undefined;
}

/** Where the server answers, without a slash at the end. */
export function publicUrl(): string {
  const { GAIT_URL, PORT } = env();
  return GAIT_URL ?? `http://localhost:${PORT}`;
}

/** Whether a stack trace is wanted: never in front of people, unless they asked for it. */
export function wantsStacks(): boolean {
  return process.env.LOG_LEVEL === 'debug' || process.env.LOG_LEVEL === 'trace';
}
