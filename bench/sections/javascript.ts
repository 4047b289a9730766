import type { Browser, Request } from '@playwright/test';
import { type Figure, figure, type Section } from '../figures';
import { kilobytes, readable } from '../numbers';
import { say } from '../progress';
import { startBareNext } from '../setup/bare';
import { freshContext, withBrowser } from '../setup/browser';
import type { Gait } from '../setup/gait';
import { fillOrganisation } from '../setup/many-tasks';
import { type BenchOrganisation, createBenchOrganisation } from '../setup/organisation';

const WITHOUT_CHART = 200;
const WITH_CHART = 300;
const TASKS = 5_000;

type Weight = { total: number; atLoad: number; files: number };

/** Script bytes as they came over the wire, until the page asks for nothing more. */
async function weigh(browser: Browser, url: string, organisation: BenchOrganisation): Promise<Weight> {
  const context = await freshContext(browser, new URL(url).origin, organisation);
  try {
    const page = await context.newPage();
    const scripts: Request[] = [];
    page.on('requestfinished', (request) => {
      if (new URL(request.url()).pathname.endsWith('.js')) scripts.push(request);
    });
    const sizeOf = async (requests: readonly Request[]): Promise<number> => {
      const sizes = await Promise.all(requests.map((request) => request.sizes()));
      return kilobytes(sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0));
    };
    const response = await page.goto(url, { waitUntil: 'load' });
    if (response?.status() !== 200) throw new Error(`${url} answered ${response?.status()}`);
    const atLoad = await sizeOf([...scripts]);
    await page.waitForLoadState('networkidle');
    return { total: await sizeOf(scripts), atLoad, files: scripts.length };
  } finally {
    await context.close();
  }
}

/** One address of each kind of page that there is. */
async function addresses({ db }: Gait, { orgId, slug }: BenchOrganisation): Promise<[string, string][]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM recommendation WHERE org_id = $1::uuid AND status = 'open' LIMIT 1`,
    [orgId],
  );
  const inside: [string, string][] = [
    ['Overview', ''],
    ['Decisions', '/decisions'],
    ...rows.map(({ id }): [string, string] => ['Decision', `/decisions/${id}`]),
    ['Lanes', '/lanes'],
    ['Lane (chart)', '/lanes/search/bugfix'],
    ['Team', '/teams/search'],
    ['Tasks', '/tasks'],
    ['Task', `/tasks/${encodeURIComponent('bench:app#100')}`],
    ['Incidents', '/incidents'],
    ['Agents', '/agents'],
    ['Record', '/record'],
    ['Tokens', '/settings/tokens'],
  ];
  return [['Login', '/login'], ...inside.map(([name, path]): [string, string] => [name, `/${slug}${path}`])];
}

export async function benchJavaScript(gait: Gait): Promise<Section> {
  const organisation = await createBenchOrganisation('JavaScript');
  await fillOrganisation(gait.db, organisation.orgId, TASKS, () => undefined);
  const bare = await startBareNext(gait.databaseUrl, 1);
  const figures: Figure[] = [];
  const rawOf = ({ atLoad, files }: Weight) =>
    `${files} files; ${readable(atLoad)} KB when the page was loaded`;
  try {
    await withBrowser(async (browser) => {
      const plain = await weigh(browser, bare.url, organisation);
      for (const [name, path] of await addresses(gait, organisation)) {
        const weight = await weigh(browser, gait.server.url + path, organisation);
        const most = name.includes('chart') ? WITH_CHART : WITHOUT_CHART;
        figures.push(figure(name, weight.total, 'KB', { most }, rawOf(weight)));
      }
      figures.push(figure('Bare Next page', plain.total, 'KB', null, rawOf(plain)));
    });
  } finally {
    await bare.end();
  }
  say(`javascript: ${figures.length} pages`);
  return {
    title: 'JavaScript',
    how: 'compressed bytes of all scripts as served, in Chromium with an empty cache, until the network is quiet (with what links prefetch)',
    figures,
  };
}
