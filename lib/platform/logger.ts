import { type DestinationStream, type Logger, pino } from 'pino';
import { env } from '@/lib/platform/env';

export type { Logger };

/** Wherever a request or an error object is logged, what would let a reader sign in is cut out. */
const secretPaths = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'headers.authorization',
  'headers.cookie',
  'headers["set-cookie"]',
  '*.authorization',
  '*.cookie',
  '*.password',
  '*.secret',
  '*.token',
  '*.headers.authorization',
  '*.headers.cookie',
  '*.headers["set-cookie"]',
];

const labels: Readonly<Record<string, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** A line for a person: what happened first, the rest behind it. Machines get the JSON. */
export function plainLine(json: string): string {
  const {
    level,
    time,
    msg,
    err,
    pid: _pid,
    hostname: _host,
    ...rest
  } = JSON.parse(json) as Record<string, unknown>;
  const clock = typeof time === 'string' ? time.slice(11, 19) : '';
  const reason =
    typeof err === 'object' && err !== null && 'message' in err ? ` (${String(err.message)})` : '';
  const more = Object.entries(rest).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${clock} ${labels[String(level)] ?? String(level)} ${String(msg ?? '')}${reason}${more.join('')}\n`;
}

function plain(): DestinationStream {
  return { write: (json) => void process.stderr.write(plainLine(json)) };
}

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: secretPaths, censor: '[secret]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  if (destination !== undefined) return pino(options, destination);
  return process.stderr.isTTY
    ? pino(options, plain())
    : pino(options, pino.destination({ dest: 2, sync: true }));
}

let shared: Logger | undefined;

/** The process's logger, on stderr: stdout belongs to what a command answers. */
export function logger(): Logger {
  shared ??= createLogger(env().LOG_LEVEL);
  return shared;
}
