import { Command, CommanderError } from 'commander';
import * as audit from '@/lib/cli/audit';
import * as backup from '@/lib/cli/backup';
import * as demo from '@/lib/cli/demo';
import * as dev from '@/lib/cli/dev';
import * as importCommand from '@/lib/cli/import';
import * as migrate from '@/lib/cli/migrate';
import { exitCodes, guardOutput, reportFailure } from '@/lib/cli/outcome';
import * as rebuild from '@/lib/cli/rebuild';
import * as report from '@/lib/cli/report';
import * as repository from '@/lib/cli/repository';
import * as restore from '@/lib/cli/restore';
import * as secret from '@/lib/cli/secret';
import * as signInLink from '@/lib/cli/sign-in-link';
import * as sso from '@/lib/cli/sso';
import * as start from '@/lib/cli/start';
import * as token from '@/lib/cli/token';
import * as trust from '@/lib/cli/trust';

/** One file a command, which imports its work only when it runs: `gait --help` loads none of it. */
const commands = [
  start,
  demo,
  dev,
  importCommand,
  migrate,
  rebuild,
  report,
  repository,
  token,
  signInLink,
  sso,
  secret,
  audit,
  backup,
  restore,
  trust,
];

const program = new Command('gait')
  .description(
    'Shows which gear AI agents have earned, what holds them back, and the evidence that proves it.',
  )
  .exitOverride()
  .showHelpAfterError('(gait --help lists what there is)');

for (const command of commands) command.register(program);
guardOutput();

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) process.exit(reportFailure(error));
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
}
