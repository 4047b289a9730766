import { createBatches, sendAll } from '../evidence/batches';
import { insertPlainly, rowsOf } from '../evidence/plain-insert';
import { figure, type Section } from '../figures';
import { median, medianRatio, readable, secondsOf } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import type { Gait } from '../setup/gait';
import { createBenchOrganisation } from '../setup/organisation';
import { untilProjected } from '../setup/projection';

const SIZE = 1_000;

export async function benchBatch({ server, db }: Gait, { quick }: Options): Promise<Section> {
  const rounds = quick ? 3 : 8;
  const batches = quick ? 5 : 8;
  const { orgId, token } = await createBenchOrganisation('Batches');
  const forGait = createBatches(SIZE, 120);
  const forPlain = createBatches(SIZE, 120);
  const many = <T>(one: () => T): T[] => Array.from({ length: batches }, one);
  const bodies = () => many(() => JSON.stringify(forGait()));

  await sendAll(server.url, token, bodies(), 1);
  await untilProjected(db);
  const pairs: { a: number; b: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ready = bodies();
    const rows = many(() => rowsOf(forPlain()));
    const gait = await secondsOf(() => sendAll(server.url, token, ready, 1));
    await untilProjected(db);
    const plain = await secondsOf(async () => {
      for (const batch of rows) await insertPlainly(db, orgId, batch);
    });
    const pair = { a: (SIZE * batches) / gait, b: (SIZE * batches) / plain };
    say(`batch ${round + 1}: Gait ${readable(pair.a)} rows/s, plain ${readable(pair.b)} rows/s`);
    pairs.push(pair);
  }
  return {
    title: 'Batches',
    how: `${batches} batches of ${readable(SIZE)} events one after the other, ${rounds} pairs, over HTTP against INSERT … SELECT unnest of like rows into the same table by the superuser; the projector works meanwhile`,
    figures: [
      figure(
        'Rows/s against a plain INSERT',
        medianRatio(pairs),
        '×',
        { least: 0.35 },
        `Gait ${readable(median(pairs.map(({ a }) => a)))} rows/s, plain ${readable(median(pairs.map(({ b }) => b)))} rows/s`,
      ),
    ],
  };
}
