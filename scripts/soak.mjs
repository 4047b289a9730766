import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { inRoot } from './run-program.mjs';
import { since } from './say.mjs';
import { soakFiles } from './soak-files.mjs';

/**
 * The heavy simulations of the test suite at their full size: database tests named `*.soak.db.test.ts`, and browser tests tagged
 * `@soak`. `npm test` runs the same code at a small size. `--only TEXT` runs those whose path holds it. Ctrl-C ends what runs and shows what
 * was measured until then.
 */
const figuresFile = inRoot('test-results/soak.ndjson');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : '';

const files = soakFiles(only);

const suites = [
  ['Database', 'vitest/vitest.mjs', ['run', '--testTimeout=7200000', ...files.database], files.database],
  ['Servers', '@playwright/test/cli.js', ['test', '--grep', '@soak', ...files.servers], files.servers],
].filter(([, , , chosen]) => chosen.length > 0);

/** In a process group of its own: a terminal's Ctrl-C reaches it once, by us, and it has the time to end what it started. */
function run(path, args) {
  return new Promise((resolve) => {
    running = spawn(process.execPath, [inRoot(`node_modules/${path}`), ...args], {
      cwd: inRoot('.'),
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
      env: { ...process.env, GAIT_SOAK: 'full', FORCE_COLOR: undefined },
    });
    running.on('close', (code) => resolve(code === 0));
  });
}

function targetOf({ target }) {
  if (target === null) return '';
  return 'least' in target ? `≥ ${target.least}` : `≤ ${target.most}`;
}

function isMet({ value, target }) {
  if (target === null) return true;
  return 'least' in target ? value >= target.least : value <= target.most;
}

function table(figures) {
  const rows = [
    ['simulation', 'figure', 'value', 'target', '', 'measured on'],
    ...figures.map((f) => [
      f.simulation,
      f.figure,
      String(f.value),
      targetOf(f),
      isMet(f) ? 'ok' : 'MISSED',
      f.size,
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

rmSync(figuresFile, { force: true });
mkdirSync(inRoot('test-results'), { recursive: true });
const start = performance.now();
const failed = [];
let running = null;
let stopped = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stopped ??= signal;
    running?.kill(signal);
  });
for (const [name, path, args] of suites) {
  if (stopped) break;
  process.stdout.write(`\n── ${name}\n`);
  if (!(await run(path, args))) failed.push(name);
}
const figures = existsSync(figuresFile)
  ? readFileSync(figuresFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
const missed = figures.filter((figure) => !isMet(figure)).length;
process.stdout.write(
  `\n${figures.length > 0 ? table(figures) : ''}\n\nTook ${since(start)}. ${figures.length - missed} figures met, ${missed} missed.`,
);
if (stopped) process.stdout.write(` Stopped; what was not measured is missing.\n`);
else process.stdout.write(failed.length > 0 ? ` Failed: ${failed.join(', ')}.\n` : '\n');
if (suites.length === 0) process.stdout.write('No simulation matches.\n');
else if (figures.length === 0) process.stdout.write('Nothing was measured.\n');
process.exitCode = exitCode();

function exitCode() {
  if (stopped) return 128 + constants.signals[stopped];
  if (failed.length > 0 || missed > 0) return 1;
  return figures.length === 0 ? 2 : 0;
}
