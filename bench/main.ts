import { availableParallelism, loadavg } from 'node:os';
import { readable } from './numbers';
import { readOptions, usage } from './options';
import { say } from './progress';
import { runSections } from './run-sections';
import { tableOf } from './table';

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`${options}\nUse: ${usage}\n`);
  process.exit(2);
}

/** Ratios bear with neighbours, seconds and rates do not: how busy they were stands beside the figures. */
const load = (): string => readable(loadavg()[0] ?? Number.NaN);
const loadBefore = load();

const { sections, broken } = await runSections(options);
process.stdout.write(`\n${tableOf(sections)}\n`);
process.stdout.write(
  `\nMachine: ${availableParallelism()} cores, load ${loadBefore} before and ${load()} after.\n`,
);
for (const { name, error } of broken) {
  process.stderr.write(
    `\nThe part “${name}” broke: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
}
say('done');
process.exit(broken.length === 0 ? 0 : 1);
