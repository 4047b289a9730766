import { remark } from '@/lib/cli/outcome';
import { onStopSignal } from '@/lib/platform/signals';

/** Runs `work`, which is told when somebody asks it to stop, and then comes to its end by itself. */
export async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const listenNoMore = onStopSignal(() => {
    remark('\nStopping.');
    stop.abort();
  });
  try {
    return await work(stop.signal);
  } finally {
    listenNoMore();
  }
}
