import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { collectImport, foldAll, inFolder } from './testing/import-files';

const FOLDER = resolve(process.cwd(), '../shared/data/aidev');
const isThere = existsSync(join(FOLDER, 'ground_truth.json'));
if (!isThere) process.stderr.write(`The AIDev tables are not in ${FOLDER}: their test is skipped.\n`);

const AGENTS = ['codex', 'cursor', 'claude_code'] as const;

type Counts = { prs: number; merged?: number; closed_unmerged?: number; open?: number };
type Truth = Record<string, Counts & { review_rows: number; by_task_type: Record<string, Counts> }>;

const truth = (): Truth => JSON.parse(readFileSync(join(FOLDER, 'ground_truth.json'), 'utf8'));

async function importAgent(folder: string, agent: string) {
  const imported = await collectImport({
    files: [join(folder, `${agent}_pull_requests.csv`)],
    mapping: 'aidev',
  });
  return { ...imported, tasks: [...foldAll(imported.events).values()] };
}

/** A generator of numbers in [0, 1) that gives the same ones each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/**
 * Rows in another order, each fifth of them twice. A timeline keeps its order within a pull request: there the order is all
 * that dates a commit.
 */
function writeShuffled(agent: string, to: string): void {
  const random = randomNumbers(7);
  for (const kind of ['pull_requests', 'reviews', 'timeline']) {
    const name = `${agent}_${kind}.csv`;
    const [header = [], ...rows] = parse(readFileSync(join(FOLDER, name))) as string[][];
    const blocks =
      kind === 'timeline'
        ? [...Map.groupBy(rows, ([id]) => id).values()]
        : [...rows, ...rows.filter((_, at) => at % 5 === 0)].map((row) => [row]);
    const mixed = shuffled(blocks, random).flat();
    const line = (row: readonly string[]) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    writeFileSync(join(to, name), [header, ...mixed].map(line).join('\n'));
  }
}

describe.skipIf(!isThere)('the AIDev tables', () => {
  it.each(AGENTS)('of %s give the published counts, in all and by kind of work', async (agent) => {
    const { tasks, report } = await importAgent(FOLDER, agent);
    const expected = truth()[agent];
    const count = (of: typeof tasks): Counts => ({
      prs: of.length,
      merged: of.filter(({ state }) => state === 'merged').length,
      closed_unmerged: of.filter(({ state }) => state === 'closed').length,
      open: of.filter(({ state }) => state === 'open').length,
    });
    expect(expected).toMatchObject(count(tasks));
    for (const [type, counts] of Object.entries(expected?.by_task_type ?? {})) {
      const none = { merged: 0, closed_unmerged: 0, open: 0 };
      const { prs, merged, closed_unmerged, open } = { ...none, ...counts };
      const ofType = tasks.filter(({ givenCategory }) => givenCategory === type);
      expect({ type, ...count(ofType) }).toEqual({ type, prs, merged, closed_unmerged, open });
    }
    expect(new Set(tasks.map((task) => task.agent?.key))).toEqual(new Set([agent]));
    expect(new Set(tasks.map(({ team }) => team))).toEqual(new Set(['AIDev']));
    expect(tasks.flatMap(({ anomalies }) => anomalies)).toEqual([]);
    expect(report.datasets[0]?.reviews?.read).toBe(expected?.review_rows);
  });

  it('report the reviews whose pull request is missing', async () => {
    const { report, leftovers } = await importAgent(FOLDER, 'claude_code');
    expect(report.datasets[0]?.reviews).toMatchObject({ read: 338, imported: 119, orphans: 219, refused: 0 });
    const orphans = leftovers.filter(({ file }) => file.endsWith('_reviews.csv'));
    expect(orphans).toHaveLength(219);
    expect(orphans.every(({ reasons }) => reasons[0]?.startsWith('no pull request with the id '))).toBe(true);
  });

  it('report where the timeline and the table differ', async () => {
    const reports = await Promise.all(AGENTS.map((agent) => importAgent(FOLDER, agent)));
    const sum = (what: 'merged_in_timeline_only' | 'merged_in_table_only' | 'out_of_order') =>
      reports.map(({ report }) => report.datasets[0]?.contradictions[what] ?? 0);
    expect(sum('merged_in_timeline_only')).toEqual([4, 5, 0]);
    expect(sum('merged_in_table_only')).toEqual([48, 4, 4]);
    expect(sum('out_of_order')).toEqual([0, 0, 0]);
  });

  it.each(AGENTS)(
    'of %s give the same tasks when they come twice, with repeated rows and in another order',
    async (agent) => {
      const once = await importAgent(FOLDER, agent);
      const other = await inFolder((folder) => {
        writeShuffled(agent, folder);
        return importAgent(folder, agent);
      });
      const twice = [...foldAll(shuffled([...once.events, ...other.events], randomNumbers(3))).values()];
      expect(other.tasks).toEqual(once.tasks);
      expect(twice).toEqual(once.tasks);
    },
  );
});
