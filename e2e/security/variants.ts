import { stateWithoutFrame } from './tree';
import type { Person, World } from './world';

/** How a page is asked for as something else than a page. `reaches`: who may read is told by it what the page tells. */
export type Variant = {
  name: string;
  path?: (path: string) => string;
  headers?: Record<string, string>;
  method?: string;
  reaches?: 'readers' | 'the owner';
};

const asData = { rsc: '1' };

/** Writes the last letter as its code, so that a comparison of texts does not know it. */
const encoded = (path: string) =>
  path.replace(/[a-z](?=[^a-z]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

export function variantsOf(address: string, file: string, { things, slug, server }: World): Variant[] {
  const [, , team = '', category = ''] = address.split('/').slice(1);
  const params = {
    org: slug,
    team: address.includes('/teams/') ? 'payments' : team,
    category,
    id: things.recommendations[0] ?? '',
    ref: encodeURIComponent(things.task),
    person: things.person,
    connection: things.connection,
  };
  const state = { 'next-router-state-tree': stateWithoutFrame(file, params) };
  return [
    { name: 'as data', headers: asData, reaches: 'readers' },
    { name: 'as data, without the frame', headers: { ...asData, ...state }, reaches: 'the owner' },
    { name: 'prefetched', headers: { ...asData, 'next-router-prefetch': '1' } },
    { name: 'prefetched to run', headers: { ...asData, 'next-router-prefetch': '2' } },
    {
      name: 'prefetched by segment',
      headers: { ...asData, 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    },
    { name: '?_rsc', path: (path) => `${path}?_rsc=1`, headers: asData, reaches: 'readers' },
    { name: '.rsc', path: (path) => `${path}.rsc`, headers: asData },
    { name: '.segments', path: (path) => `${path}.segments/_tree.segment.rsc` },
    { name: '/_next/data', path: (path) => `/_next/data/build${path}.json` },
    { name: 'upper case', path: (path) => path.toUpperCase() },
    { name: 'encoded', path: encoded },
    { name: 'two slashes', path: (path) => `/${path}` },
    { name: 'a slash at the end', path: (path) => `${path}/` },
    { name: 'dots', path: (path) => `/x/..${path}` },
    { name: 'HEAD', method: 'HEAD' },
    { name: 'POST', method: 'POST' },
    {
      name: 'as if before the guard',
      headers: {
        'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
        'x-middleware-rewrite': '/',
        'x-matched-path': '/[org]',
        'x-invoke-path': address,
        'x-nextjs-data': '1',
        'x-nonce': 'mine',
      },
    },
    {
      name: 'as if from a proxy',
      headers: {
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-host': `localhost:${new URL(server.url).port}`,
        'x-forwarded-proto': 'https',
        'x-real-ip': '127.0.0.1',
        forwarded: 'for=127.0.0.1;host=localhost',
      },
    },
  ];
}

/** Whom asking in all these ways tells the most about: those who have a session and no business here, and who has none. */
const ASKS_ALL: ReadonlySet<string> = new Set(['owner elsewhere', 'without a role', 'nobody']);

/** The ways somebody asks in: readers in those that tell them something, to show that these are ways at all. */
export function waysOf({ who }: Person, isReader: boolean, all: readonly Variant[]): Variant[] {
  if (isReader && who === 'owner') return all.filter(({ reaches }) => reaches !== undefined);
  if (ASKS_ALL.has(who)) return [...all];
  return who === 'member of search' || !isReader ? all.filter(({ reaches }) => reaches === 'readers') : [];
}
