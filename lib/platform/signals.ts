/** One Ctrl-C arrives up to three times: from the terminal, from npm, and from the launcher that npm started. */
const echoMilliseconds = 1_000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first signal stops in good order; one that comes later, from someone who has lost patience, stops at once.
 * @returns what ends the listening
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): () => void {
  let firstAt: number | null = null;
  const receive = (signal: NodeJS.Signals): void => {
    if (firstAt === null) {
      firstAt = performance.now();
      stop(signal);
    } else if (performance.now() - firstAt > echoMilliseconds) {
      // What a command answers that could not come to its end.
      process.exit(3);
    }
  };
  for (const signal of signals) process.on(signal, receive);
  return () => {
    for (const signal of signals) process.off(signal, receive);
  };
}
