import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run soak` sets it: simulations then run at their full size. */
const isFull = process.env.GAIT_SOAK === 'full';

/** One simulation, two sizes: `small` in `npm test`, `full` in `npm run soak`. */
export function sized<T>({ small, full }: { small: T; full: T }): T {
  return isFull ? full : small;
}

/** What a simulation measured, held against its target. */
export type SoakFigure = {
  /** What it is about, such as `Server kills`. */
  simulation: string;
  /** What was counted or measured, such as `acknowledged events lost`. */
  figure: string;
  value: number;
  target: { least: number } | { most: number } | null;
  /** What the value was measured on, such as `100 kills`. */
  size: string;
};

/** Prints the figure, and keeps it for the table of `npm run soak`. It asserts nothing: the test does. */
export function reportFigure(figure: SoakFigure): void {
  const { simulation, figure: name, value, target, size } = figure;
  const wanted = target === null ? '' : 'least' in target ? ` (≥ ${target.least})` : ` (≤ ${target.most})`;
  process.stdout.write(`soak: ${simulation}: ${name} ${value}${wanted}; ${size}\n`);
  const results = join(process.cwd(), 'test-results');
  mkdirSync(results, { recursive: true });
  appendFileSync(join(results, 'soak.ndjson'), `${JSON.stringify(figure)}\n`);
}
