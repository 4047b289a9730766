import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CLIENT_HEADER, clientAddress } from '@/lib/platform/client-address';
import { env, publicUrl } from '@/lib/platform/env';
import { PAGE_HEADER, pageAsked } from '@/lib/platform/page-asked';

/** What a request may not bring along: Gait or the framework sets these, and would believe them. */
const INTERNAL = /^(x-middleware-|x-gait-|x-nonce$|x-invoke-|x-matched-path$|content-security-policy)/;
/** What only a proxy of one's own may say. */
const FORWARDED = /^(forwarded$|x-forwarded-)/;

/** On every answer. The referrer stays on our own pages: without it browsers send forms without their origin, and those are refused. */
const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()',
};

const YEAR_S = 31_536_000;

/**
 * Says what browsers may do with an answer, and drops from a request what it may not say. Runs before the framework sees the
 * request, for pages and routes alike, so there is no way past it.
 */
export function guard(request: IncomingMessage, response: ServerResponse, dev = false): void {
  const { GAIT_PROXIES, GAIT_TRUSTED_HOSTS = new Set<string>() } = env();
  const forwarded = request.headers['x-forwarded-for'];
  const client = clientAddress(
    Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    request.socket.remoteAddress ?? 'unknown',
    GAIT_PROXIES,
  );
  for (const name of Object.keys(request.headers))
    if (INTERNAL.test(name) || (GAIT_PROXIES === 0 && FORWARDED.test(name))) delete request.headers[name];
  request.headers[CLIENT_HEADER] = client;
  const page = pageAsked(request);
  if (page !== null) request.headers[PAGE_HEADER] = page;

  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
  const isSecure = publicUrl().startsWith('https:');
  if (isSecure) response.setHeader('strict-transport-security', `max-age=${YEAR_S}; includeSubDomains`);
  const nonce = randomBytes(16).toString('base64');
  const leavesFor = providersOf(request.url, GAIT_TRUSTED_HOSTS);
  const policy = contentPolicy({ nonce, isSecure, leavesFor, dev });
  // The framework reads the nonce for its own scripts from here.
  request.headers['content-security-policy'] = policy;
  request.headers['x-nonce'] = nonce;
  response.setHeader('content-security-policy', policy);
}

/** Where forms of a page may lead besides Gait: on those that begin a sign-in, to any provider. */
function providersOf(url: string | undefined, trusted: ReadonlySet<string>): string[] {
  const isSignIn = /^\/login(\?|$)|^\/[^/?]+\/settings\/sign-in/.test(url ?? '');
  return isSignIn ? ['https:', ...[...trusted].map((host) => `http://${host}`)] : [];
}

/** `dev`: the development server compiles in the browser and pushes changes to it. */
type Policy = { nonce: string; isSecure: boolean; leavesFor: readonly string[]; dev: boolean };

/** Nothing from another host, no script or style that did not come with this very answer. Charts set style attributes. */
export function contentPolicy({ nonce, isSecure, leavesFor, dev }: Policy): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...leavesFor].join(' ')}`,
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
