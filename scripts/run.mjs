import { existsSync } from 'node:fs';
import { ownNode } from './install.mjs';
import { checkNode, prepare } from './prepare.mjs';
import { inRoot, runForeground, serverEnv, serverFlags } from './run-program.mjs';
import { Stop } from './say.mjs';

checkNode();

const tasks = {
  start: {
    needs: ['client', 'command', 'site'],
    run: ['dist/gait.mjs', 'start'],
    flags: serverFlags,
    env: serverEnv,
  },
  demo: {
    needs: ['client', 'command', 'site'],
    run: ['dist/gait.mjs', 'demo'],
    flags: serverFlags,
    env: serverEnv,
  },
  dev: { needs: ['client', 'command'], run: ['dist/gait.mjs', 'dev'], env: { NODE_ENV: 'development' } },
  bench: { needs: ['client', 'command', 'site'], run: ['bench/run.mjs'], env: { NODE_ENV: 'production' } },
  test: { needs: ['client'], run: ['scripts/test.mjs'], env: {} },
  soak: { needs: ['client', 'command', 'site'], run: ['scripts/soak.mjs'], env: {} },
  build: { needs: ['client', 'command', 'site'], run: null, env: {} },
};

const [name, ...rest] = process.argv.slice(2);
const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined;
if (task === undefined) {
  process.stderr.write(`Use: node scripts/run.mjs <${Object.keys(tasks).join('|')}>\n`);
  process.exit(2);
}

try {
  await prepare(task.needs);
  if (task.run === null) process.exit(0);
  const [entry, ...args] = task.run;
  if (!existsSync(inRoot(entry))) throw new Stop(`There is no ${entry} in this checkout.`);
  const env = { NEXT_TELEMETRY_DISABLED: '1', ...task.env };
  process.exitCode = await runForeground(
    ownNode(),
    [...(task.flags ?? []), inRoot(entry), ...args, ...rest],
    env,
  );
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
