import autocannon, { type Request } from 'autocannon';
import { createEvidence } from '../evidence/events';
import type { LoadJob, LoadResult } from './job';

/** The load comes from a process of its own: the one that measures must not take the server's time to do it. */
const job = JSON.parse(process.argv[2] ?? '') as LoadJob;
const next = createEvidence(job.source, () => Date.now());

const request: Request = {
  method: 'POST',
  path: job.path,
  headers: {
    'content-type': 'application/cloudevents+json',
    ...(job.token === null ? {} : { authorization: `Bearer ${job.token}` }),
  },
  setupRequest: (given) => ({ ...given, body: JSON.stringify(next()) }),
};

const result = await autocannon({
  url: job.url,
  connections: job.connections,
  duration: job.seconds,
  requests: [request],
});
const { duration, non2xx, errors, timeouts, latency } = result;
const answer: LoadResult = {
  perSecond: result['2xx'] / duration,
  failed: non2xx + errors + timeouts,
  p50: latency.p50,
  p99: latency.p99,
};
process.stdout.write(JSON.stringify(answer));
