import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { env } from './env';
import { AppError, messageOf } from './errors';

/** Answers with all addresses of a name, as `dns.lookup` does. */
export type Resolve = (
  name: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export type SafeFetch = {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** For all of it: resolving, connecting, and reading the whole answer. */
  timeoutMs?: number;
  /** How much of an answer is read before it is refused. */
  maxBytes?: number;
  /** For tests only: a resolver of their own, and a server on this machine, over http. */
  testing?: { resolve?: Resolve; allowLoopback?: boolean; ca?: string };
};

export type SafeAnswer = { status: number; headers: IncomingMessage['headers']; body: string };

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 1 << 20;
/** Where addresses of the public internet lie in IPv6; everything else, such as 64:ff9b::/96, may lead back inside. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** Whether an address belongs to the public internet: no private, local, shared, reserved, mapped or translated one does. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

const resolveByDns: Resolve = (name, done) => lookup(name, { all: true }, done);

function refused(message: string): AppError {
  return new AppError('invalid', message);
}

/**
 * Fetches an address that somebody typed, without being led into the own network: https only, no credentials in it, no
 * redirects, and every address of the name must be public, unless whoever runs Gait trusts the host. The connection goes to the address that was checked, since the check
 * is the resolver of that very connection: a name that changes its mind in between (DNS rebinding) gains nothing.
 */
export async function safeFetch(url: string, options: SafeFetch = {}): Promise<SafeAnswer> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, testing = {} } = options;
  const target = checkedUrl(url, testing.allowLoopback ?? false);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await send(target, options, isTrusted(target), signal);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const cause = causeOf(error);
    if (cause instanceof AppError) throw cause;
    if (signal.aborted)
      throw new AppError('unavailable', `${target.hostname} did not answer within ${timeoutMs / 1000} s.`);
    throw new AppError('unavailable', `${target.hostname} cannot be reached: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

/** Refuses what is wrong with the address itself. `URL` has already turned 0x7f.1, 2130706433 and 0177.0.0.1 into 127.0.0.1. */
export function checkedUrl(url: string, allowLoopback = false): URL {
  if (!URL.canParse(url)) throw refused('This is no web address.');
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const isOwn = allowLoopback && (isLoopback(host) || host === 'localhost');
  const trusted = isTrusted(target);
  if (target.protocol !== 'https:' && !((isOwn || trusted) && target.protocol === 'http:'))
    throw refused(
      target.protocol === 'http:'
        ? `The address must begin with https://, unless ${target.host} is a server of your own: ${REMEDY}`
        : 'The address must begin with https://.',
    );
  if (target.username !== '' || target.password !== '')
    throw refused('The address must not hold a user name or a password.');
  if (trusted || isOwn) return target;
  if (isIP(host) !== 0) refuseInside(target, host, allowLoopback);
  else if (isLocalName(host)) throw inside(target);
  return target;
}

/** Endings that no name of the public internet has. */
const LOCAL_ENDINGS = ['.localhost', '.local', '.internal'];

/** Whether a name is one of the own machine or network, whatever it resolves to: nobody has to ask for it first. */
function isLocalName(host: string): boolean {
  const name = host.replace(/\.$/, '');
  return !name.includes('.') || LOCAL_ENDINGS.some((ending) => name.endsWith(ending));
}

/** Named by whoever runs Gait as a host of their own network that it may speak to. */
export function isTrusted({ host }: URL): boolean {
  return env().GAIT_TRUSTED_HOSTS?.has(host.toLowerCase()) ?? false;
}

/** What whoever runs Gait can do about it. */
const REMEDY = 'whoever runs Gait names it in GAIT_TRUSTED_HOSTS then, and starts Gait anew.';

function refuseInside(target: URL, address: string, allowLoopback: boolean): void {
  if (isPublicAddress(address) || (allowLoopback && isLoopback(address))) return;
  throw inside(target);
}

function inside({ host, hostname }: URL): AppError {
  return refused(
    `${hostname} is not on the public internet, and Gait sends nothing into private networks, unless ${host} is a server of your own: ${REMEDY}`,
  );
}

/** A resolver for one connection that hands out checked addresses and no others. */
function checkedLookup(
  target: URL,
  { resolve = resolveByDns, allowLoopback = false }: NonNullable<SafeFetch['testing']>,
) {
  const found: LookupFunction = (name, options, done) => {
    resolve(name, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || first === undefined) return done(error ?? new Error(`${name} has no address`), '', 0);
      try {
        // One inside is enough to refuse all: an honest name has none.
        for (const { address } of addresses) refuseInside(target, address, allowLoopback);
      } catch (refusal) {
        return done(refusal as Error, '', 0);
      }
      if (options.all) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
  return found;
}

function send(target: URL, options: SafeFetch, trusted: boolean, signal: AbortSignal): Promise<SafeAnswer> {
  const { method = 'GET', headers = {}, body, maxBytes = DEFAULT_MAX_BYTES, testing = {} } = options;
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      target,
      {
        method,
        headers: { 'user-agent': 'Gait', 'accept-encoding': 'identity', ...headers },
        // No pool: a connection that another name opened is never taken over.
        agent: false,
        ...(trusted ? {} : { lookup: checkedLookup(target, testing) }),
        signal,
        ...(testing.ca && { ca: testing.ca }),
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        if (status >= 300 && status < 400) {
          outgoing.destroy();
          return reject(refused(`${target.hostname} redirects elsewhere, which Gait does not follow.`));
        }
        readBody(answer, maxBytes).then(
          (text) => resolve({ status, headers: answer.headers, body: text }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function readBody(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the connection.
    if (size > maxBytes) throw refused(`The answer is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
