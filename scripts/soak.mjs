import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inRoot } from './run-program.mjs';
import { since } from './say.mjs';

/**
 * The heavy simulations of the test suite at their full size: database tests named `*.soak.db.test.ts`, and browser tests tagged
 * `@soak`. `npm test` runs the same code at a small size. `--only TEXT` runs those whose file matches.
 */
const figuresFile = inRoot('test-results/soak.ndjson');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : '';

const suites = [
  [
    'Database',
    'vitest/vitest.mjs',
    ['run', '--passWithNoTests', '--testTimeout=7200000', only || '.soak.db.test'],
  ],
  [
    'Servers',
    '@playwright/test/cli.js',
    ['test', '--pass-with-no-tests', '--grep', '@soak', ...(only ? [only] : [])],
  ],
];

function run(path, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [inRoot(`node_modules/${path}`), ...args], {
      cwd: inRoot('.'),
      stdio: 'inherit',
      env: { ...process.env, GAIT_SOAK: 'full', FORCE_COLOR: undefined },
    });
    child.on('close', (code) => resolve(code === 0));
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
for (const [name, path, args] of suites) {
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
process.stdout.write(failed.length > 0 ? ` Failed: ${failed.join(', ')}.\n` : '\n');
if (figures.length === 0) process.stdout.write('Nothing was measured: no simulation matches.\n');
process.exitCode = failed.length > 0 || missed > 0 ? 1 : figures.length === 0 ? 2 : 0;
