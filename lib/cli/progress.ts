import { Presets, SingleBar } from 'cli-progress';

/** A bar on a terminal, nothing elsewhere: output that is kept in a file should not hold thousands of them. */
export function createProgress(title: string): { update(done: number, total: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage} % · {value} of {total} · {eta_formatted} left`,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update: (done, total) => {
      if (!isStarted) bar.start(total, 0);
      isStarted = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
