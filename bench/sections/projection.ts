import { createBatches, sendAll } from '../evidence/batches';
import { figure, type Section } from '../figures';
import { readable, secondsOf } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import type { Gait } from '../setup/gait';
import { createBenchOrganisation } from '../setup/organisation';
import { untilProjected } from '../setup/projection';

const SIZE = 1_000;

export async function benchProjection({ server, db }: Gait, { quick }: Options): Promise<Section> {
  const count = quick ? 20_000 : 100_000;
  const { token } = await createBenchOrganisation('Projection');
  const next = createBatches(SIZE, 120);
  const bodies = Array.from({ length: count / SIZE }, () => JSON.stringify(next()));
  say(`projection: sending ${readable(count)} events`);
  const ingest = await secondsOf(() => sendAll(server.url, token, bodies, 1));
  const lag = await untilProjected(db);
  say(`projection: ${readable(count / ingest)} events/s, lag ${readable(lag)} s`);
  return {
    title: 'Projection',
    how: `${readable(count)} events in batches of ${readable(SIZE)} one after the other, then from the last answer until no work is left and no lane is dirty`,
    figures: [
      figure(
        'Lag at the end of the ingest',
        lag,
        's',
        { most: 5 },
        `ingest ${readable(ingest)} s = ${readable(count / ingest)} events/s; with the lag ${readable(count / (ingest + lag))} events/s`,
      ),
    ],
  };
}
