import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { onNpmGone } from './npm-parents.mjs';
import { root, Stop } from './say.mjs';

export const inRoot = (path) => fileURLToPath(new URL(path, root));

/**
 * Flags and environment of a server's process, which halve what it holds while evidence pours in. Left to itself V8 lets
 * short-lived objects take up to 48 MB, and garbage as much as there is live, before it looks; and glibc keeps freed buffers
 * in an arena for each thread.
 */
const serverProcess = JSON.parse(readFileSync(inRoot('scripts/server-process.json'), 'utf8'));
export const serverFlags = serverProcess.flags;
export const serverEnv = { NODE_ENV: 'production', ...serverProcess.env };

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Whoever stops us stops what we run, also where the signal reached us alone. @returns whether that happened, and what ends the listening */
function passOnStop(child) {
  let isStopped = false;
  const stop = (signal) => {
    isStopped = true;
    child.kill(signal);
  };
  for (const signal of stopSignals) process.on(signal, stop);
  const lookNoMore = onNpmGone(() => stop('SIGTERM'));
  return () => {
    for (const signal of stopSignals) process.off(signal, stop);
    lookNoMore();
    return isStopped;
  };
}

/** Runs a program with its output kept in .gait/logs, and shows the end of it only when the program fails. */
export function runLogged(name, program, args, { env = {}, advice = () => '' } = {}) {
  mkdirSync(inRoot('.gait/logs'), { recursive: true });
  const logFile = inRoot(`.gait/logs/${name}.log`);
  const log = createWriteStream(logFile);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: inRoot('.'),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const wasStopped = passOnStop(child);
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on('error', (error) => reject(new Stop(`${program} could not be run: ${error.message}`)));
    child.on('close', (code) =>
      log.end(() => {
        if (wasStopped()) return reject(new Stop('Stopped. The same command goes on from there.'));
        if (code === 0) return resolve();
        const said = readFileSync(logFile, 'utf8').trim();
        const end = said.split('\n').slice(-15).join('\n');
        reject(new Stop([end, advice(said), `The whole output is in ${logFile}`].filter(Boolean).join('\n')));
      }),
    );
  });
}

/** Runs the real thing in the foreground; signals go to it, and its exit code is ours, or that of a shell when a signal ended it. */
export function runForeground(program, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    passOnStop(child);
    child.on('error', (error) => {
      process.stderr.write(`${program} could not be run: ${error.message}\n`);
      resolve(3);
    });
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
