import { Presets, SingleBar } from 'cli-progress';
import { plural } from '@/lib/domain/plural';

/** Shows how an import comes along. */
export type Meter = { update(bytes: number, rows: number): void; stop(): void };

const LINE_EVERY_MS = 5_000;

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A bar on a terminal; in a log a line every few seconds. Always on stderr: stdout is for the answer. */
export function createMeter(totalBytes: number, out: NodeJS.WriteStream = process.stderr): Meter {
  const startedAt = performance.now();
  const figures = (bytes: number, rows: number) => {
    const seconds = (performance.now() - startedAt) / 1000;
    const left = bytes > 0 ? (seconds * (totalBytes - bytes)) / bytes : Number.POSITIVE_INFINITY;
    return {
      rows: plural(rows, 'row'),
      speed: Math.round(rows / seconds).toLocaleString('en'),
      left: duration(left),
    };
  };
  return out.isTTY ? barMeter(totalBytes, out, figures) : lineMeter(totalBytes, out, figures);
}

type Figures = (bytes: number, rows: number) => { rows: string; speed: string; left: string };

function barMeter(totalBytes: number, out: NodeJS.WriteStream, figures: Figures): Meter {
  const format = '{bar} {percentage} %  {rows}  {speed} rows/s  {left} left';
  const bar = new SingleBar(
    { format, stream: out, hideCursor: true, clearOnComplete: true, fps: 5, gracefulExit: false },
    Presets.shades_classic,
  );
  bar.start(Math.max(1, totalBytes), 0, figures(0, 0));
  let drawnAt = 0;
  return {
    update: (bytes, rows) => {
      if (performance.now() - drawnAt < 200) return;
      drawnAt = performance.now();
      bar.update(bytes, figures(bytes, rows));
    },
    stop: () => bar.stop(),
  };
}

function lineMeter(totalBytes: number, out: NodeJS.WriteStream, figures: Figures): Meter {
  let writtenAt = performance.now();
  return {
    update: (bytes, rowCount) => {
      if (performance.now() - writtenAt < LINE_EVERY_MS) return;
      writtenAt = performance.now();
      const { rows, speed, left } = figures(bytes, rowCount);
      const percent = Math.floor((100 * bytes) / Math.max(1, totalBytes));
      out.write(`${percent} %  ${rows}  ${speed} rows/s  ${left} left\n`);
    },
    stop: () => {},
  };
}

/** Work whose end is not known: on a terminal, one line with the seconds it takes. */
export function createCounter(
  what: string,
  out: NodeJS.WriteStream = process.stderr,
): { tick(): void; stop(): void } {
  const startedAt = performance.now();
  const write = (text: string): void => void (out.isTTY && out.write(`\r\u001b[2K${text}`));
  return {
    tick: () => write(`${what} … ${duration((performance.now() - startedAt) / 1000)}`),
    stop: () => write(''),
  };
}
