import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ImportFlags } from '@/lib/cli/import-run';

const collect = (value: string, earlier: string[] = []): string[] => [...earlier, value];

function filled(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value.trim();
}

const HELP = `
What is not said is guessed from the header; --dry-run shows the guess. Rows that cannot be used go to the error
file with their number and the reason, and the others go in. Running it again is always safe: what is there
already is recognised. An import that was interrupted goes on where it stopped.

With GAIT_TOKEN set, rows go to the server at GAIT_URL, otherwise into the local database.

Exit: 0 done, also when some rows were refused; 1 when not one row could be used or there was none, when a table of a
folder could not be read, or with --strict when any row was refused; 2 wrong use; 3 a file that was named cannot be read, or it
could not be finished.

Examples:
  gait import prs.csv --agent claude-code --dry-run
  gait import prs.csv --reviews reviews.csv --map author="Opened by" --team Payments --agent codex
  gait import ./aidev --mapping aidev
`;

export function register(program: Command): void {
  program
    .command('import')
    .description('bring in pull requests and reviews from CSV, JSON or NDJSON')
    .argument(
      '<file...>',
      'tables of pull requests (or of reviews); a folder with a mapping that names its files',
    )
    .option('--reviews <file>', 'the table of their reviews')
    .option('--timeline <file>', "the table of the forge's timeline entries: pushes, labels, who closed")
    .option('--mapping <file>', 'a mapping file, or one that Gait brings along: aidev')
    .option(
      '--map <field=column>',
      'which column holds a field, such as title=Subject or reviews.verdict=State',
      collect,
    )
    .option(
      '--category-column <column>',
      'the column that says what kind of work it is; without one the classifier decides',
    )
    .option('--agent <key>', 'the agent that did all of it', filled)
    .option('--team <name>', 'the team that all of it belongs to', filled)
    .option(
      '--ref <template>',
      'how tasks are named, of {repository}, {number} and {id} (default: github:{repository}#{number})',
      filled,
    )
    .option(
      '--source <name>',
      "the name that rows are recognised by next time (default: the mapping's or the file's)",
      filled,
    )
    .addOption(
      new Option('--format <format>', 'the format, where the file name does not tell').choices([
        'csv',
        'json',
        'ndjson',
      ]),
    )
    .option('--dry-run', 'read and check everything, show what would happen, write nothing')
    .option(
      '--errors <file>',
      'where rows go that cannot be used (default: FILE.errors.ndjson, here)',
      filled,
    )
    .option('--restart', 'begin at the first row, even after an interruption')
    .option('--strict', 'exit with 1 when any row was refused')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: ImportFlags) => {
      const { importFiles } = await import('@/lib/cli/import-run');
      process.exitCode = await importFiles(files, flags);
    });
}
