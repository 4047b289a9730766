import { latestDue } from '@/lib/domain/report/iso-week';
import { DEFAULT_SCHEDULE } from '@/lib/domain/report/plan';
import { systemClock } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { pdfOf } from '@/lib/reports/data/pdf';
import { getReport, getReportPage } from '@/lib/reports/data/reports';
import { freezeReports } from '@/lib/reports/mutations/freeze';
import { type Figure, figure, type Section } from '../figures';
import { median, medianRatio, readable } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import { postgresCpuMilliseconds } from '../setup/cpu';
import type { Gait } from '../setup/gait';
import { fillOrganisation, reviewLately, settle } from '../setup/many-tasks';
import { type BenchOrganisation, createBenchOrganisation } from '../setup/organisation';

const TEAMS = Array.from({ length: 200 }, (_, n) => `Team-${n + 1}`);
const FEW = 10_000;

const WEEK = latestDue(systemClock.now().getTime(), DEFAULT_SCHEDULE);

/** Freezes the last week of the organisation and of all its teams, as the keeper does. @returns seconds of processors and of the clock */
async function freezeAll(
  { db }: Gait,
  { orgId }: BenchOrganisation,
): Promise<{ node: number; postgres: number; clock: number }> {
  const ctx = {
    orgId,
    actor: { kind: 'job', name: 'bench' },
    clock: systemClock,
    requestId: newId(),
  } as const;
  const due = ['', ...TEAMS.map((name) => name.toLowerCase())].map((team) => ({
    team,
    week: WEEK,
    zone: DEFAULT_SCHEDULE.zone,
  }));
  const before = {
    node: process.cpuUsage(),
    postgres: await postgresCpuMilliseconds(db),
    clock: performance.now(),
  };
  const { frozen, failed } = await freezeReports(ctx, due);
  if (frozen !== due.length || failed > 0) throw new Error(`${frozen} were frozen and ${failed} failed.`);
  const { user, system } = process.cpuUsage(before.node);
  return {
    node: (user + system) / 1e6,
    postgres: ((await postgresCpuMilliseconds(db)) - before.postgres) / 1000,
    clock: (performance.now() - before.clock) / 1000,
  };
}

async function millisecondsToRead({ orgId }: BenchOrganisation, team: string): Promise<number> {
  const startedAt = performance.now();
  if (!(await getReportPage(orgId, WEEK, team))) throw new Error('There is no such report.');
  return performance.now() - startedAt;
}

async function compareReading(
  name: string,
  team: string,
  large: BenchOrganisation,
  small: BenchOrganisation,
  rounds: number,
): Promise<Figure> {
  for (let i = 0; i < 10; i += 1) for (const one of [large, small]) await millisecondsToRead(one, team);
  const pairs: { a: number; b: number }[] = [];
  for (let i = 0; i < rounds; i += 1) {
    // Whoever comes second finds warmer caches: they take turns.
    const [first, second] = i % 2 === 0 ? [large, small] : [small, large];
    const one = await millisecondsToRead(first, team);
    const two = await millisecondsToRead(second, team);
    pairs.push(first === large ? { a: one, b: two } : { a: two, b: one });
  }
  const medians = { a: median(pairs.map(({ a }) => a)), b: median(pairs.map(({ b }) => b)) };
  return figure(
    name,
    medians.a / medians.b,
    '×',
    { most: 1.3 },
    `${readable(medians.a)} ms against ${readable(medians.b)} ms; median of the pairs’ ratios ${readable(medianRatio(pairs))}`,
  );
}

/** From nothing: the renderer starts, too. The largest report, then an ordinary one while the renderer runs. */
async function pdfFigures({ orgId }: BenchOrganisation): Promise<Figure[]> {
  const drawn = async (name: string, team: string) => {
    const report = await getReport(orgId, WEEK, team);
    if (!report) throw new Error('There is no such report.');
    const startedAt = performance.now();
    const { length } = await pdfOf(report.content);
    const seconds = (performance.now() - startedAt) / 1000;
    return figure(name, seconds, 's', { most: 2 }, `${readable(length / 1000)} kB`);
  };
  return [
    await drawn(`PDF of the organisation, ${TEAMS.length} teams, with the start of the renderer`, ''),
    await drawn('PDF of one team', 'team-7'),
  ];
}

export async function benchReports(gait: Gait, { quick }: Options): Promise<Section> {
  const { db } = gait;
  const many = quick ? 100_000 : 1_000_000;
  const large = await createBenchOrganisation('Many teams');
  const small = await createBenchOrganisation('Many teams with few tasks');
  for (const [one, count] of [
    [small, FEW],
    [large, many],
  ] as const) {
    await fillOrganisation(db, one.orgId, count, (done) => say(`reports: ${readable(done)} tasks`), TEAMS);
    await reviewLately(db, one.orgId);
  }
  await settle(db);
  const { node, postgres, clock } = await freezeAll(gait, large);
  say(`reports: frozen in ${readable(node)} s of Node and ${readable(postgres)} s of PostgreSQL`);
  await freezeAll(gait, small);
  return {
    title: 'Reports',
    how: `${TEAMS.length} teams with 11 lanes each; ${readable(many)} tasks over two years against ${readable(FEW)}; the last week of the organisation and of all teams frozen in one process; then one team’s page read in the same process, interleaved`,
    figures: [
      figure(
        `${TEAMS.length + 1} reports frozen: processor time of Node and PostgreSQL`,
        node + postgres,
        's',
        { most: 60 },
        `Node ${readable(node)} s, PostgreSQL ${readable(postgres)} s, ${readable(clock)} s by the clock`,
      ),
      await compareReading('One team’s report, large against small', 'team-7', large, small, quick ? 20 : 60),
      ...(await pdfFigures(large)),
    ],
  };
}
