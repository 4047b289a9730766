import { setTimeout as sleep } from 'node:timers/promises';

/** How the doors that write and this process's projector tell each other what is going on. */
type Bell = { wake: () => void; begun: number; underWay: number };

const KEY = Symbol.for('gait.bell');
const holder = globalThis as typeof globalThis & { [KEY]?: Bell };

/** The server's bundle and the launcher's bundle meet on the global object. */
function bell(): Bell {
  holder[KEY] ??= { wake: () => {}, begun: 0, underWay: 0 };
  return holder[KEY];
}

/** Wakes this process's projector, so that it need not wait for its next look at the work list. */
export function nudge(): void {
  bell().wake();
}

export function onNudge(wake: () => void): void {
  bell().wake = wake;
}

/** Evidence is arriving until `work` settles. */
export async function arriving<T>(work: () => Promise<T>): Promise<T> {
  const ringing = bell();
  ringing.begun += 1;
  ringing.underWay += 1;
  try {
    return await work();
  } finally {
    ringing.underWay -= 1;
  }
}

/** Resolves when no evidence has arrived for `quiet` ms, and after `most` ms at the latest. */
export async function untilCalm(quiet: number, most: number): Promise<void> {
  for (let waited = 0; waited < most; waited += quiet) {
    const { begun } = bell();
    await sleep(quiet);
    if (bell().begun === begun && bell().underWay === 0) return;
  }
}
