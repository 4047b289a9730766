#!/usr/bin/env node
import { ownNode } from '../scripts/install.mjs';
import { checkNode, prepare } from '../scripts/prepare.mjs';
import { inRoot, runForeground, serverEnv, serverFlags } from '../scripts/run-program.mjs';
import { Stop } from '../scripts/say.mjs';

checkNode();

const args = process.argv.slice(2);
const serves = ['start', 'demo'].includes(args[0]);

try {
  await prepare(serves ? ['client', 'command', 'site'] : ['client', 'command']);
  const entry = inRoot('dist/gait.mjs');
  // Already on the right Node: no second process.
  if (!serves && Number(process.versions.node.split('.')[0]) >= 24) {
    process.argv.splice(1, 1, entry);
    await import(entry);
  } else {
    process.exitCode = await runForeground(
      ownNode(),
      [...(serves ? serverFlags : []), entry, ...args],
      serves ? serverEnv : {},
    );
  }
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
