import { AppError } from '@/lib/platform/errors';
import type { DirectDoor } from '@/lib/platform/launch/direct';

const ANSWERED = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function refuse(message: string): DirectDoor {
  return () => Promise.reject(new AppError('bad_request', message));
}

/** For requests that the framework would answer itself, and in no form of ours; null for all others. */
export function malformed(method = '', url = ''): DirectDoor | null {
  if (!ANSWERED.has(method)) return refuse(`The method ${method} is not answered here.`);
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return null;
  } catch {
    return refuse('The address is not well-formed: a percent sign in it does not encode a character.');
  }
}
