import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 10;
const PATIENCE_MS = 60_000;

/** Asks until the answer is 200, as a load balancer does. */
export async function pollUntilOk(url: string, headers: Record<string, string> = {}): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUpAt) {
    const isOk = await fetch(url, { headers, redirect: 'manual' }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status === 200;
      },
      () => false,
    );
    if (isOk) return;
    await sleep(EVERY_MS);
  }
  throw new Error(`${url} never answered 200.`);
}
