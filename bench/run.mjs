import { spawn } from 'node:child_process';
import { bundle, isStale, make } from '../scripts/build.mjs';
import { fingerprint } from '../scripts/fingerprint.mjs';
import { ownNode } from '../scripts/install.mjs';
import { inRoot, runLogged } from '../scripts/run-program.mjs';
import { Stop, step } from '../scripts/say.mjs';

const bareSources = ['app', 'instrumentation.ts', 'next.config.ts', 'tsconfig.json'].map(
  (name) => `bench/bare-next/${name}`,
);

/** What Gait is compared with: one route, one INSERT, and a page with nothing on it. */
const bare = {
  stamp: 'dist/.bare-next',
  mark: () => fingerprint([...bareSources, 'package-lock.json']),
  make: () =>
    runLogged('build-bare', ownNode(), [
      inRoot('node_modules/next/dist/bin/next'),
      'build',
      inRoot('bench/bare-next'),
    ]),
};

try {
  if (isStale(bare)) await step('Building the bare Next app', () => make(bare));
  await bundle({ main: 'bench/main.ts', client: 'bench/load/client.ts' }, 'dist/bench');
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(3);
}

// Its own process, so that its garbage collection and its source maps are those of no build.
const args = ['--enable-source-maps', inRoot('dist/bench/main.mjs'), ...process.argv.slice(2)];
const child = spawn(ownNode(), args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
