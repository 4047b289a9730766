/** Wakes this process's projector, so that it need not wait for its next look at the work list. */
const KEY = Symbol.for('gait.nudge');
const holder = globalThis as typeof globalThis & { [KEY]?: () => void };

export function onNudge(wake: () => void): void {
  holder[KEY] = wake;
}

export function nudge(): void {
  holder[KEY]?.();
}
