import type { IncomingHttpHeaders } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
import { AppError } from '@/lib/platform/errors';
import type { DirectDoor } from '@/lib/platform/launch/direct';

const ANSWERED = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The framework takes time that grows with the square of repeated parameters. */
const MOST_PARAMETERS = 500;

function refuse(message: string): DirectDoor {
  return () => Promise.reject(new AppError('bad_request', message));
}

export const misdirected = refuse('The address names another host than Gait’s, or none of its paths.');

/** For requests that the framework would answer itself, and in no form of ours; null for all others. */
export function malformed(method = '', url = '', headers: IncomingHttpHeaders = {}): DirectDoor | null {
  if (!ANSWERED.has(method)) return refuse(`The method ${method} is not answered here.`);
  if (url.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS)
    return refuse(`An address has at most ${MOST_PARAMETERS} parameters.`);
  if (!isStateReadable(headers)) return refuse('The header Next-Router-State-Tree cannot be read.');
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return null;
  } catch {
    return refuse('The address is not well-formed: a percent sign in it does not encode a character.');
  }
}

/** The state of the browser's router, which only the framework's part in a browser sends; it takes its own word for granted. */
function isStateReadable({ 'next-router-state-tree': state }: IncomingHttpHeaders): boolean {
  try {
    parseAndValidateFlightRouterState(state);
    return true;
  } catch {
    return false;
  }
}
