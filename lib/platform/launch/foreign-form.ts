import type { IncomingMessage } from 'node:http';
import { env, publicUrl } from '@/lib/platform/env';
import type { DirectDoor } from '@/lib/platform/launch/direct';
import { noteRefusal } from '@/lib/platform/refusal';

const DETAIL =
  'This form was not sent from a page of Gait, so nothing was done. Open Gait and send it again.';

const refuse: DirectDoor = async (_incoming, requestId) => {
  noteRefusal({ code: 'forbidden', message: 'a form of another origin' }, { requestId });
  return { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${DETAIL}\n` };
};

/**
 * Refuses forms that a page of another site made a browser send. Those of Gait's own pages name the address that people use, or the one
 * the request came to; the framework compares with the latter alone, so it is told the one that was found right.
 */
export function foreignForm(request: IncomingMessage): DirectDoor | null {
  const { method, url = '', headers } = request;
  if (method !== 'POST' || url.startsWith('/api/')) return null;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  // Without both it was no browser that sent it, or one of before they said so.
  if (origin === undefined) return site === 'cross-site' || site === 'same-site' ? refuse : null;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  if (host === '' || !(origin === new URL(publicUrl()).origin || host === hostOf(request))) return refuse;
  headers['x-forwarded-host'] = host;
  return null;
}

/** The host that the request came to, as the browser named it. */
function hostOf({ headers }: IncomingMessage): string | undefined {
  const forwarded = env().GAIT_PROXIES > 0 ? headers['x-forwarded-host'] : undefined;
  return [forwarded].flat()[0]?.split(',')[0]?.trim() || headers.host;
}
