import type { IncomingMessage } from 'node:http';
import { publicUrl } from '@/lib/platform/env';

/**
 * Brings the target of a request into the form in which everything after this reads it: a path. One in absolute form (RFC 9112 §3.2.2)
 * becomes its path where it names Gait. Another host's would come back as a redirect to that host.
 * @returns whether it is about Gait at all
 */
export function adoptTarget(request: IncomingMessage): boolean {
  const target = request.url ?? '';
  if (/^https?:\/\//i.test(target)) {
    const path = pathHere(target, request.headers.host);
    if (path === null) return false;
    request.url = path;
    return true;
  }
  // Browsers and the framework take both for the beginning of another host's name.
  return target.startsWith('/') && !/^\/[/\\]/.test(target);
}

function pathHere(target: string, host: string | undefined): string | null {
  if (!URL.canParse(target)) return null;
  const { host: named, pathname, search } = new URL(target);
  return named === host || named === new URL(publicUrl()).host ? pathname + search : null;
}
