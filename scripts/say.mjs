/** Steps on the way to a start: one line each, with the time it took. Plain JavaScript: nothing is installed yet. */
const terminal = process.stderr.isTTY;

// Who closes the pipe, as `head` does, has read enough; what was begun goes on.
process.stderr.on('error', () => {});

export const root = new URL('..', import.meta.url);

export const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Progress goes to stderr, so that a command's answer on stdout stays clean. */
export async function step(name, work) {
  const start = performance.now();
  const tick = () => terminal && process.stderr.write(`\r\x1b[2K${name} … ${since(start)}`);
  if (!terminal) process.stderr.write(`${name} …\n`);
  tick();
  const timer = terminal ? setInterval(tick, 500) : undefined;
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
