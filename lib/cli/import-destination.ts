import { setTimeout as sleep } from 'node:timers/promises';
import { remark } from '@/lib/cli/outcome';
import type { SendBatch } from '@/lib/importing/batches';
import { createCounter } from '@/lib/importing/meter';
import type { ReviewedCounts } from '@/lib/importing/report';
import { sendOverHttp } from '@/lib/importing/send-http';
import { systemClock } from '@/lib/platform/clock';
import { env, publicUrl } from '@/lib/platform/env';

/** Where events go. `settle` waits until they are counted, where that is ours to do, and says what came of it. */
export type Destination = {
  readonly name: string;
  readonly send: SendBatch;
  readonly settle: (source: string) => Promise<ReviewedCounts | null>;
};

/** The server, when there is a token for it; otherwise the database at hand. @param stop told when nobody wants to wait any more */
export async function importDestination<T>(
  work: (destination: Destination) => Promise<T>,
  stop: AbortSignal,
): Promise<T> {
  const { GAIT_TOKEN } = env();
  if (GAIT_TOKEN === undefined) return intoDatabase(work, stop);
  const url = publicUrl();
  const send = sendOverHttp({ url, token: GAIT_TOKEN, say: remark, stop });
  return work({ name: url, send, settle: async () => null });
}

/** How long others are given for the work that they have in hand, before one looks again. */
const OTHERS_MS = 200;

/** Thrown between two rounds of counting. */
const STOPPED = Symbol('stopped');

async function intoDatabase<T>(
  work: (destination: Destination) => Promise<T>,
  stop: AbortSignal,
): Promise<T> {
  const { withInstalledOrg } = await import('@/lib/cli/installed-org');
  const { countReviewed, countUnfolded } = await import('@/lib/importing/data');
  const { sendToDatabase } = await import('@/lib/importing/send-local');
  const { projectAll } = await import('@/lib/projection/projector');
  return withInstalledOrg(
    (ctx) => {
      const send = sendToDatabase({ ...ctx, actor: { kind: 'job', name: 'gait import' } });
      const settle = async (source: string): Promise<ReviewedCounts | null> => {
        const counter = createCounter('Counting the evidence');
        const onRound = (): void => {
          counter.tick();
          if (stop.aborted) throw STOPPED;
        };
        try {
          await projectAll(systemClock, onRound);
          // A server that runs meanwhile takes part in the work, and may have the last of it in hand.
          while ((await countUnfolded(ctx.orgId)) > 0) {
            await sleep(OTHERS_MS);
            await projectAll(systemClock, onRound);
            onRound();
          }
          return await countReviewed(ctx.orgId, source);
        } catch (error) {
          if (error !== STOPPED) throw error;
          remark('All events went in. Those that are not counted yet are counted as soon as Gait runs.');
          return null;
        } finally {
          counter.stop();
        }
      };
      return work({ name: ctx.orgId, send, settle });
    },
    { stopsItself: true },
  );
}
