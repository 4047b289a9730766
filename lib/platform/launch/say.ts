/** What a person sees while Gait starts: one calm line a step, on stdout, with the time it took. */
export type Say = {
  (line: string): void;
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
};

const noticeable = 1_000;

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** On a terminal the seconds tick; in a log file a step is one line, and a second one when it was long. */
export function createSay(out: NodeJS.WriteStream = process.stdout): Say {
  let open: string | null = null;
  const write = (line: string): void => {
    if (open !== null && out.isTTY) out.write('\r\x1b[2K');
    out.write(`${line}\n`);
  };
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const tick = (): void => {
      if (out.isTTY) out.write(`\r\x1b[2K${name} … ${seconds(startedAt)}`);
    };
    open = name;
    if (!out.isTTY) out.write(`${name} …\n`);
    const timer = out.isTTY ? setInterval(tick, 500) : undefined;
    tick();
    try {
      const result = await work();
      if (out.isTTY || performance.now() - startedAt > noticeable) write(`${name}: ${seconds(startedAt)}`);
      return result;
    } catch (error) {
      if (out.isTTY) out.write('\n');
      throw error;
    } finally {
      clearInterval(timer);
      open = null;
    }
  };
  return Object.assign(write, { step });
}
