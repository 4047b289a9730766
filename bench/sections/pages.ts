import { type Figure, figure, type Section } from '../figures';
import { median, medianRatio, readable } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import { withBrowser } from '../setup/browser';
import type { Gait } from '../setup/gait';
import { fillOrganisation, settle } from '../setup/many-tasks';
import { type BenchOrganisation, cookieOf, createBenchOrganisation } from '../setup/organisation';
import { type Screen, secondsToLastData } from './last-data';

type Kind = { name: string; path: string; screen: Screen };

const kinds: readonly Kind[] = [
  {
    name: 'Overview',
    path: '',
    screen: { every: ['#lane-map a[data-gear]'], count: 88 },
  },
  {
    name: 'Lane',
    path: '/lanes/search/bugfix',
    screen: { every: ['main svg .recharts-line path', '#evidence-table tr'], count: 26 },
  },
];

/** Milliseconds until the last byte of the page. */
async function request(
  { server }: Gait,
  organisation: BenchOrganisation,
  path: string,
): Promise<{ ms: number; bytes: number }> {
  const startedAt = performance.now();
  const response = await fetch(`${server.url}/${organisation.slug}${path}`, {
    headers: { cookie: cookieOf(organisation), accept: 'text/html' },
    redirect: 'manual',
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path || '/'} answered ${response.status}`);
  return { ms: performance.now() - startedAt, bytes: text.length };
}

async function compare(
  gait: Gait,
  { name, path }: Kind,
  large: BenchOrganisation,
  small: BenchOrganisation,
  rounds: number,
): Promise<Figure> {
  for (let i = 0; i < 8; i += 1) for (const one of [large, small]) await request(gait, one, path);
  const pairs: { a: number; b: number }[] = [];
  let bytes = { a: 0, b: 0 };
  for (let i = 0; i < rounds; i += 1) {
    // Whoever comes second finds warmer caches: they take turns.
    const [first, second] = i % 2 === 0 ? [large, small] : [small, large];
    const one = await request(gait, first, path);
    const two = await request(gait, second, path);
    const [a, b] = first === large ? [one, two] : [two, one];
    pairs.push({ a: a.ms, b: b.ms });
    bytes = { a: a.bytes, b: b.bytes };
  }
  const medians = { a: median(pairs.map(({ a }) => a)), b: median(pairs.map(({ b }) => b)) };
  say(`pages: ${name} ${readable(medians.a)} ms against ${readable(medians.b)} ms`);
  return figure(
    `${name}: server time, large against small`,
    medians.a / medians.b,
    '×',
    { most: 1.3 },
    `${readable(medians.a)} ms (${readable(bytes.a / 1024)} KB of HTML) against ${readable(medians.b)} ms (${readable(bytes.b / 1024)} KB); median of the pairs’ ratios ${readable(medianRatio(pairs))}`,
  );
}

export async function benchPages(gait: Gait, { quick }: Options): Promise<Section> {
  const { db, server } = gait;
  const many = quick ? 100_000 : 1_000_000;
  const few = 10_000;
  const large = await createBenchOrganisation('Large');
  const small = await createBenchOrganisation('Small');
  await fillOrganisation(db, small.orgId, few, () => undefined);
  await fillOrganisation(db, large.orgId, many, (done) => say(`pages: ${readable(done)} tasks`));
  await settle(db);
  const figures: Figure[] = [];
  for (const kind of kinds) figures.push(await compare(gait, kind, large, small, quick ? 20 : 60));
  await withBrowser(async (browser) => {
    for (const { name, path, screen } of kinds) {
      const url = `${server.url}/${large.slug}${path}`;
      const times: number[] = [];
      for (let i = 0; i < (quick ? 3 : 7); i += 1)
        times.push(await secondsToLastData(browser, url, large, screen));
      const raw = `median of ${times.length}, ${readable(Math.min(...times))} to ${readable(Math.max(...times))} s`;
      figures.push(
        figure(`${name}: last data on screen, cold cache`, median(times), 's', { most: 1.5 }, raw),
      );
    }
  });
  return {
    title: 'Pages',
    how: `${readable(many)} tasks against ${readable(few)}, 88 lanes over two years each; time to the last byte of the signed-in HTML, interleaved; then Chromium with an empty cache on the large one`,
    figures,
  };
}
