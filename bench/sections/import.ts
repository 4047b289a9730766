import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGait } from '@/e2e/fixtures/server';
import { type Tables, writeTables } from '../evidence/tables';
import { type Figure, figure, type Section } from '../figures';
import { megabytes, readable, secondsOf } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import { type Gait, profiled, withGait } from '../setup/gait';
import { residentBytes, watchMemory } from '../setup/memory';
import { createBenchOrganisation } from '../setup/organisation';
import { untilProjected } from '../setup/projection';

const title = 'Import';

async function measure({ server, db }: Gait, { pullRequests, reviews, rows }: Tables): Promise<Figure[]> {
  const { orgId, token } = await createBenchOrganisation('Import');
  const before = residentBytes(server.pid);
  const mostBytes = watchMemory(server.pid);
  const args = ['import', pullRequests, '--reviews', reviews, '--json'];
  const seconds = await secondsOf(async () => {
    const { code, stderr } = await runGait(args, { GAIT_URL: server.url, GAIT_TOKEN: token });
    if (code !== 0) throw new Error(`gait import ended with ${code}: ${stderr.slice(-500)}`);
  });
  const lag = await untilProjected(db);
  const most = megabytes(mostBytes());
  const { rows: found } = await db.query<{ tasks: number; events: number }>(
    `SELECT (SELECT count(*)::int FROM task WHERE org_id = $1) AS tasks, (SELECT count(*)::int FROM event WHERE org_id = $1) AS events`,
    [orgId],
  );
  if (found[0]?.tasks !== rows / 2)
    throw new Error(`${rows / 2} tasks were sent, and ${found[0]?.tasks} came in.`);
  say(`import: ${readable(rows / seconds)} rows/s, ${readable(most)} MB`);
  return [
    figure(
      'Rows/s end to end',
      rows / seconds,
      'rows/s',
      { least: 3_000 },
      `${readable(rows)} rows = ${readable(found[0].events)} events in ${readable(seconds)} s, projected ${readable(lag)} s later`,
    ),
    figure(
      'Memory of the server meanwhile',
      most,
      'MB',
      { most: 300 },
      `${readable(megabytes(before))} MB before, looked at ten times a second until all is projected`,
    ),
  ];
}

export async function benchImport({ quick, profile }: Options): Promise<Section> {
  const help = await runGait(['import', '--help']);
  if (!help.stdout.includes('gait import')) return { title, how: 'skipped: no import command', figures: [] };
  const folder = mkdtempSync(join(tmpdir(), 'gait-bench-'));
  try {
    const tables = writeTables(folder, quick ? 20_000 : 100_000);
    const figures = await withGait({ env: profiled(profile, 'import') }, (gait) => measure(gait, tables));
    const how = `${readable(tables.rows)} rows of CSV, half pull requests and half reviews, through \`gait import\` over HTTP into a server of its own; RSS of the server process`;
    return { title, how, figures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
