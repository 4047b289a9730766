import { adoptServerSecret, type LookAtSeals } from '@/lib/platform/auth-secret';
import { systemClock } from '@/lib/platform/clock';
import { adoptConsole } from '@/lib/platform/console-log';
import { adoptEnv, type Env, env, publicUrl } from '@/lib/platform/env';
import { homeFolder, prepareHome } from '@/lib/platform/home';
import { type Closers, createClosers } from '@/lib/platform/launch/closers';
import { openDatabase } from '@/lib/platform/launch/database';
import type { DirectDoor } from '@/lib/platform/launch/direct';
import { type Door, takePort } from '@/lib/platform/launch/http';
import { createSay, type Say } from '@/lib/platform/launch/say';
import { loadFramework, openWeb } from '@/lib/platform/launch/web';
import { acquireLock } from '@/lib/platform/lock';
import { logger } from '@/lib/platform/logger';
import { removeRun, writeRun } from '@/lib/platform/run-file';
import { stopRegistered } from '@/lib/platform/shutdown';
import { onStopSignal } from '@/lib/platform/signals';

export type Kind = 'start' | 'demo' | 'dev';

/** What a start needs of the features; given by the command. */
export type Installation = {
  lookAtSeals: LookAtSeals;
  /** What a first start puts into the database, and the link that signs the first person in. */
  prepare(url: string, kind: 'start' | 'demo', say: (line: string) => void): Promise<{ link: string | null }>;
};

const homes = { start: '.gait', demo: '.gait/demo', dev: '.gait/dev' } as const satisfies Record<
  Kind,
  string
>;
const commands = { start: 'npm start', demo: 'npm run demo', dev: 'npm run dev' } as const satisfies Record<
  Kind,
  string
>;

type Stop = { requested: boolean };

/** Thrown between two steps of a start when someone asked it to stop: no error, and nothing to say. */
const stopped = Symbol('stopped');

async function open(
  kind: Kind,
  installation: Installation,
  doors: Readonly<Record<string, DirectDoor>>,
  say: Say,
  closers: Closers,
  stop: Stop,
): Promise<Door> {
  const goOn = (): void => {
    if (stop.requested) throw stopped;
  };
  const { PORT, HOST, GAIT_HOME } = env();
  const home = homeFolder(GAIT_HOME, homes[kind]);
  const url = publicUrl();
  prepareHome(home);
  const lock = acquireLock(home, { command: commands[kind], url, clock: systemClock });
  closers.add(lock.release);
  const host = kind === 'dev' ? (HOST ?? '127.0.0.1') : HOST;
  const door = await takePort({ port: PORT, host, command: commands[kind] });
  closers.add(door.close);
  goOn();
  const framework = loadFramework(kind === 'dev');
  const databaseUrl = await openDatabase(home, say, closers);
  goOn();
  // The server's bundle reads these when it is loaded, which is why it is loaded only afterwards.
  adoptEnv({
    DATABASE_URL: databaseUrl,
    GAIT_URL: url,
    GAIT_HOME: home,
  });
  closers.add(() => stopRegistered((line) => logger().warn(line)));
  await adoptServerSecret(home, installation.lookAtSeals, systemClock);
  const { link } = await installation.prepare(url, kind === 'demo' ? 'demo' : 'start', say);
  goOn();
  const closeWeb = await say.step('Starting the server', () =>
    openWeb(door, framework, kind === 'dev', doors),
  );
  closers.add(closeWeb);
  // Again, so that requests end first: closing twice does no harm.
  closers.add(door.close);
  writeRun(home, { pid: process.pid, url, databaseUrl });
  closers.add(() => removeRun(home));
  goOn();
  say(link === null ? `Gait is ready at ${url}` : `Gait is ready at ${url} · sign in once with ${link}`);
  return door;
}

/** How long a server that is told to stop still serves, in ms. Ctrl-C is of somebody who waits. */
function drainMilliseconds(signal: NodeJS.Signals, { GAIT_DRAIN_SECONDS, DATABASE_URL }: Env): number {
  if (signal !== 'SIGTERM') return 0;
  return (GAIT_DRAIN_SECONDS ?? (DATABASE_URL === undefined ? 0 : 5)) * 1_000;
}

/** Starts Gait and stays until it is told to stop; the exit code is 0 when everything was put away in good order. */
export async function launch(
  kind: Kind,
  installation: Installation,
  doors: Readonly<Record<string, DirectDoor>>,
): Promise<void> {
  if (kind !== 'dev') adoptConsole(logger);
  const say = createSay();
  const closers = createClosers((line) => logger().warn(line));
  const stop: Stop = { requested: false };
  // As it was given: where Gait brings its own database, DATABASE_URL is set further on.
  const given = env();
  let door: Door | null = null;

  async function close(code: number): Promise<void> {
    await closers.closeAll();
    process.exit(code);
  }

  onStopSignal((signal) => {
    stop.requested = true;
    if (door === null) return;
    say(`Stopping on ${signal}: running requests may finish.`);
    void door.drain(drainMilliseconds(signal, given)).then(() => close(0));
  });
  process.on('unhandledRejection', (error) =>
    logger().error({ err: error }, 'A failure that nobody handled.'),
  );
  process.on('uncaughtException', (error) => {
    logger().fatal({ err: error }, 'A failure that nobody caught: stopping.');
    void close(3);
  });

  try {
    door = await open(kind, installation, doors, say, closers, stop);
    if (stop.requested) await close(0);
  } catch (error) {
    if (error === stopped) return close(0);
    await closers.closeAll();
    throw error;
  }
}
