import type { IncomingMessage } from 'node:http';

/** The header in which the launcher tells a page its own address, which the framework does not. What comes in under this name is dropped. */
export const PAGE_HEADER = 'x-gait-page';

/** Beside a page's own filters, the browser's part of the framework asks with this for the page's data. */
const OF_THE_FRAMEWORK = '_rsc';

/** The path and filters that somebody asks for. @returns null where nobody does: of a form that is sent, and of what the browser fetches ahead */
export function pageAsked({
  method,
  url = '/',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string | null {
  if (method !== 'GET' || headers['next-router-prefetch'] !== undefined) return null;
  const [path = '/', query = ''] = url.split('?');
  const filters = query.split('&').filter((one) => one !== '' && one.split('=')[0] !== OF_THE_FRAMEWORK);
  return filters.length > 0 ? `${path}?${filters.join('&')}` : path;
}
