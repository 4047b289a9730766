import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@/lib/platform/errors';

type Stop = { name: string; stop: () => Promise<void> | void };

/** The launcher and the server are two bundles in one process, each with its own copy of this file; the list is one. */
const registryKey = Symbol.for('gait.shutdown');

function registry(): Stop[] {
  const held: { [registryKey]?: Stop[] } = globalThis as object;
  held[registryKey] ??= [];
  return held[registryKey];
}

/** Registers work to be ended before the database goes: the last registered ends first. A name registers once. */
export function onShutdown(name: string, stop: () => Promise<void> | void): void {
  const stops = registry();
  const earlier = stops.findIndex((entry) => entry.name === name);
  if (earlier !== -1) stops.splice(earlier, 1);
  stops.push({ name, stop });
}

const patienceMilliseconds = 5_000;

/** Ends everything that was registered; one that fails or hangs does not keep the others alive. */
export async function stopRegistered(warn: (line: string) => void): Promise<void> {
  for (const { name, stop } of registry().splice(0).reverse()) {
    const late = sleep(patienceMilliseconds, 'late' as const, { ref: false });
    try {
      if ((await Promise.race([Promise.resolve(stop()), late])) === 'late')
        warn(`${name} did not stop in time.`);
    } catch (error) {
      warn(`${name} did not stop cleanly: ${messageOf(error)}`);
    }
  }
}
