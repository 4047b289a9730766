import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Which doors there are: as the source says, and as the build says. What one does not see, the other does. */

const root = fileURLToPath(new URL('../../', import.meta.url));

function filesOf(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.(tsx?|mts|js|svg|ico|png|xml|txt)$/.test(file) && !/\.test\.tsx?$/.test(file));
}

const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

const builtJson = <T>(file: string): T => JSON.parse(read(`.next/server/${file}`)) as T;

/** A file's address, without the groups in brackets: `app/(gait)/[org]/tasks/(list)/page.tsx` is `/[org]/tasks`. */
function addressOf(file: string): string {
  const parts = file.split('/').slice(1, -1);
  return `/${parts.filter((part) => !part.startsWith('(')).join('/')}`;
}

const inApp = (pattern: RegExp): string[] => filesOf('app').filter((file) => pattern.test(file));

/** The files of pages by their address. */
export function pagesOfTree(): Map<string, string> {
  return new Map(inApp(/\/page\.\w+$/).map((file) => [addressOf(file), file]));
}

export function routesOfTree(): string[] {
  return inApp(/\/route\.\w+$/).map(addressOf);
}

/** Files that the framework makes an address of by their name: icons, maps of the site, pictures for others to show. */
export function filesServedByName(): string[] {
  const named = /\/(favicon|icon|apple-icon|opengraph-image|twitter-image|sitemap|robots|manifest)\d*\.\w+$/;
  return inApp(named).map((file) => `${addressOf(file)}/${file.split('/').at(-1)}`.replace('//', '/'));
}

/** What is exported from files that say `use server` at their top; and files that say it elsewhere, where nobody would look. */
export function actionsOfTree(): { names: string[]; elsewhere: string[] } {
  const sources = ['app', 'components', 'lib'].flatMap(filesOf).filter((file) => /\.tsx?$/.test(file));
  const serving = sources.filter((file) => /['"]use server['"]/.test(read(file)));
  const isActions = (file: string) =>
    /^lib\/.*\/actions[^/]*\.ts$|^lib\/.*\/actions\//.test(file) && read(file).startsWith("'use server';");
  const names = serving
    .filter(isActions)
    .flatMap((file) => [...read(file).matchAll(/^export (?:const|(?:async )?function) (\w+)/gm)])
    .map(([, name = '']) => name);
  return { names, elsewhere: serving.filter((file) => !isActions(file)) };
}

/** Addresses that the launcher answers itself, before the framework. */
export function directDoors(): string[] {
  return [...read('lib/cli/serve.ts').matchAll(/'([A-Z]+ \/[^']*)':/g)].map(([, door = '']) => door);
}

/** Pages and routes that were built, and whether anything runs before them. */
export function builtDoors(): { pages: string[]; routes: string[]; middleware: string[] } {
  const built = Object.values(builtJson<Record<string, string>>('app-paths-manifest.json'))
    .map((file) => file.replace(/\.js$/, ''))
    .filter((file) => !file.startsWith('app/_'));
  const { middleware, functions } = builtJson<{ middleware: object; functions: object }>(
    'middleware-manifest.json',
  );
  return {
    pages: built.filter((file) => file.endsWith('/page')).map(addressOf),
    routes: built.filter((file) => file.endsWith('/route')).map(addressOf),
    middleware: [...Object.keys(middleware), ...Object.keys(functions)],
  };
}

/** By its name: the id that a form sends, and the file of a page that has such a form. */
export function builtActions(): Map<string, { id: string; page: string }> {
  type Built = { exportedName: string; workers: Record<string, unknown> };
  const { node, edge } = builtJson<Record<'node' | 'edge', Record<string, Built>>>(
    'server-reference-manifest.json',
  );
  return new Map(
    Object.entries({ ...node, ...edge }).map(([id, { exportedName, workers }]) => [
      exportedName,
      { id, page: `${Object.keys(workers)[0]}.tsx` },
    ]),
  );
}

/** The state of the browser's router in which the frame of a page is there, and only the page itself is asked for. */
export function stateWithoutFrame(file: string, params: Record<string, string>): string {
  const parts = file.split('/').slice(1, -1);
  const leaf: unknown = ['__PAGE__', {}, null, 'refetch'];
  const tree = parts.reduceRight<unknown>((inner, part) => {
    const name = /^\[(\w+)\]$/.exec(part)?.[1];
    return [name === undefined ? part : [name, params[name] ?? '', 'd', null], { children: inner }];
  }, leaf);
  return encodeURIComponent(JSON.stringify(['', { children: tree }, null, null]));
}
