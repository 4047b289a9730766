import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { prepare } from './prepare.mjs';
import { inRoot } from './run-program.mjs';
import { since } from './say.mjs';

const results = inRoot('test-results');
const tool = (path, ...args) => [inRoot(`node_modules/${path}`), ...args];
const unitReport = `${results}/unit.json`;
const browserReport = `${results}/browser.json`;

/** A check is one test: it passed or it did not. */
const checks = [
  {
    group: 'checks',
    name: 'Format and lint',
    run: tool('@biomejs/biome/bin/biome', 'ci', '--log-level=warn', '.'),
  },
  { group: 'checks', name: 'Types', run: tool('typescript/bin/tsc', '--noEmit', '-p', '.') },
  {
    group: 'checks',
    name: 'Who imports whom',
    run: tool('dependency-cruiser/bin/dependency-cruiser.mjs', 'app', 'components', 'lib', 'e2e'),
  },
  { group: 'checks', name: 'Nothing unused', run: tool('knip/bin/knip.js', '--no-progress') },
  {
    group: 'unit',
    name: 'Unit and database tests',
    run: tool(
      'vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ),
    count: countUnit,
  },
  { group: 'browser', name: 'Build', work: () => prepare(['client', 'command', 'site']) },
  {
    group: 'browser',
    name: 'Server and browser tests',
    run: tool('@playwright/test/cli.js', 'test', '--reporter=list,json'),
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
    count: countBrowser,
  },
];

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}

/** A run that failed although none of its tests did (a file that does not load, a crash) counts as one failure. */
function orOne(counts, ok) {
  return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function countUnit(ok) {
  const report = read(unitReport);
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: todo,
  } = report;
  return orOne({ passed, failed, skipped: pending + todo }, ok);
}

function countBrowser(ok) {
  const stats = read(browserReport)?.stats;
  if (stats === undefined) return { passed: 0, failed: 1, skipped: 0 };
  return orOne(
    { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped },
    ok,
  );
}

function runTool(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: inRoot('.'),
      stdio: 'inherit',
      env: { ...process.env, FORCE_COLOR: undefined, ...env },
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

async function runCheck({ name, run, work, env = {}, count }) {
  const start = performance.now();
  process.stdout.write(`\n── ${name}\n`);
  const ok = run
    ? await runTool(run, env)
    : await work().then(
        () => true,
        (error) => process.stdout.write(`${error.message}\n`) && false,
      );
  const counts = count ? count(ok) : { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  process.stdout.write(`── ${name}: ${ok ? 'ok' : 'FAILED'}, ${since(start)}\n`);
  return { name, ok, counts };
}

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const chosen = checks.filter((check) => only === undefined || check.group === only);
if (chosen.length === 0) {
  process.stderr.write('Use: npm test -- [--only checks|unit|browser]\n');
  process.exit(2);
}

rmSync(unitReport, { force: true });
rmSync(browserReport, { force: true });
mkdirSync(results, { recursive: true });
const start = performance.now();
const outcomes = [];
for (const check of chosen) outcomes.push(await runCheck(check));

const sum = (key) => outcomes.reduce((total, { counts }) => total + counts[key], 0);
const failures = outcomes.filter(({ ok }) => !ok).map(({ name }) => name);
process.stdout.write(
  `\nTook ${since(start)}.${failures.length > 0 ? ` Failed: ${failures.join(', ')}.` : ''}\n`,
);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;
