/** Steps on the way to a start, each with the time that it takes. Plain JavaScript: nothing is installed yet. */
const terminal = process.stderr.isTTY;

/** How often a step says how long it has been going on: a terminal's line is written over, a log gets one more. */
const SAY_EVERY_MS = terminal ? 500 : 10_000;

// Who closes the pipe, as `head` does, has read enough; what was begun goes on.
process.stderr.on('error', () => {});

export const root = new URL('..', import.meta.url);

export const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Progress goes to stderr, so that a command's answer on stdout stays clean. */
export async function step(name, work) {
  const start = performance.now();
  const tick = () =>
    process.stderr.write(
      terminal ? `\r\x1b[2K${name} … ${since(start)}` : `${name} … ${since(start)} so far\n`,
    );
  process.stderr.write(`${name} …${terminal ? '' : '\n'}`);
  const timer = setInterval(tick, SAY_EVERY_MS);
  try {
    const result = await work();
    process.stderr.write(`${terminal ? '\r\x1b[2K' : ''}${name}: ${since(start)}\n`);
    return result;
  } catch (error) {
    if (terminal) process.stderr.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** A failure with its sentence for people; anything else that is thrown is a bug and shows its stack. */
export class Stop extends Error {}
