import { existsSync } from 'node:fs';
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs';
import { ownNode } from './install.mjs';
import { inRoot, runLogged } from './run-program.mjs';
import { Stop } from './say.mjs';

/** What can be out of date, in the order in which one builds on the other. */
const generatedFrom = ['prisma/schema', 'prisma.config.ts', 'package-lock.json'];
const commandFrom = ['lib', 'prisma/schema', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
const siteFrom = [
  ...commandFrom,
  'app',
  'components',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
];

export const parts = {
  client: {
    title: 'Generating the database client',
    stamp: 'generated/.stamp',
    mark: () => fingerprint(generatedFrom),
    make: generateClient,
  },
  command: {
    title: 'Building the gait command',
    stamp: 'dist/.command',
    mark: () => fingerprint(commandFrom),
    make: () => bundle({ gait: 'lib/cli/main.ts' }),
  },
  site: {
    title: 'Building the pages (one to five minutes)',
    stamp: 'dist/.site',
    made: '.next/BUILD_ID',
    mark: () => fingerprint(siteFrom),
    make: buildSite,
  },
};

/** `made`: what must be there beside the stamp, where it lies elsewhere and may have been removed alone. */
export const isStale = ({ stamp, made, mark }) =>
  !isStamped(stamp, mark()) || (made !== undefined && !existsSync(inRoot(made)));

export async function make(part) {
  const mark = part.mark();
  await part.make();
  writeStamp(part.stamp, mark);
}

/** Prisma wants its native engine to be there and never runs it here: any program will do, and nothing is downloaded. */
async function generateClient() {
  await runLogged('generate', ownNode(), [inRoot('node_modules/prisma/build/index.js'), 'generate'], {
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
}

/** Split into chunks, so that a command loads only what it uses. */
export async function bundle(entryPoints, outdir = 'dist') {
  const esbuild = await import('esbuild');
  try {
    await esbuild.build({
      absWorkingDir: inRoot('.'),
      entryPoints,
      outdir,
      outExtension: { '.js': '.mjs' },
      chunkNames: 'chunks/[name]-[hash]',
      bundle: true,
      splitting: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      packages: 'external',
      alias: { '@': inRoot('.').replace(/\/$/, '') },
      sourcemap: true,
      logLevel: 'silent',
    });
  } catch (error) {
    const first = error.errors?.[0];
    throw new Stop(first ? `${first.location?.file}:${first.location?.line}: ${first.text}` : error.message);
  } finally {
    // Its service would otherwise stay as long as the server that is started next.
    esbuild.stop();
  }
}

async function buildSite() {
  await runLogged('build', ownNode(), [inRoot('node_modules/next/dist/bin/next'), 'build'], {
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    advice: (said) => (/ENOSPC/.test(said) ? 'The disk is full. Make room and run this again.' : ''),
  });
}
