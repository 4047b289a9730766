import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs';
import { inRoot, runLogged } from './run-program.mjs';
import { Stop } from './say.mjs';

const stamp = 'node_modules/.gait-install';
const mark = () => fingerprint(['package-lock.json']);

/** Somebody may have run `npm ci` or `npm install` by hand: what npm notes as installed is compared with what is wanted. */
function isInstalledByHand() {
  const noted = inRoot('node_modules/.package-lock.json');
  if (!existsSync(noted)) return false;
  const { packages: installed } = JSON.parse(readFileSync(noted, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' ||
      installed[path]?.version === version ||
      (installed[path] === undefined && (optional || peer)),
  );
}

export function needsInstall() {
  if (isStamped(stamp, mark())) return false;
  if (!isInstalledByHand()) return true;
  writeStamp(stamp, mark());
  return false;
}

function advice(said) {
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH/.test(said)) {
    return 'The package registry cannot be reached. Check the network or the proxy (npm config get registry), then run this again.';
  }
  if (/ENOSPC/.test(said)) return 'The disk is full. Gait needs about 1.5 GB; make room and run this again.';
  if (/EACCES|EPERM|EROFS/.test(said))
    return 'This folder cannot be written. Run this as the user who owns it.';
  return 'The dependencies could not be installed. Run this again; if it fails again, run `npm install` to see more.';
}

export async function install() {
  const viaNpm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const [program, ...first] = viaNpm;
  // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, which npm itself leaves out where
  // the registry does not serve them. What is locked is installed as locked all the same. What only tests need is wanted,
  // too, even where NODE_ENV=production is set for everything.
  const args = [
    ...first,
    'install',
    '--no-save',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=warn',
  ];
  await runLogged('install', program, args, { advice });
  writeStamp(stamp, mark());
}

/** The Node that Gait runs on comes with its dependencies; the machine's own only has to start these scripts. */
export function ownNode() {
  const own = inRoot('node_modules/node/bin/node');
  if (existsSync(own) && spawnSync(own, ['--version']).status === 0) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Stop(
    'The Node 24 that Gait brings along does not run here: npm was told not to run install scripts, or there is none for this machine.\n' +
      'Run `npm rebuild node --ignore-scripts=false`, or start Gait with a Node 24 of your own.',
  );
}
