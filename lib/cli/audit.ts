import type { Command } from 'commander';
import { answer, exitCodes } from '@/lib/cli/outcome';

type VerifyOptions = { checkpoint?: string[]; key?: string[]; json?: boolean };

export function register(program: Command): void {
  const audit = program.command('audit').description('export the audit log, and verify it offline');
  audit
    .command('export <file>')
    .description(
      'write the whole audit log into a file (NDJSON) that can be verified without Gait’s database',
    )
    .option('--json', 'answer as JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { exportAudit } = await import('@/lib/cli/audit-export');
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const written = await withInstalledOrg((ctx) => exportAudit(ctx, file));
      answer(
        json,
        { file, ...written },
        `Wrote the record to ${file} (entries: ${written.entries}, checkpoints: ${written.checkpoints}). Check it with gait audit verify ${file}`,
      );
    });
  audit
    .command('acknowledge')
    .description(
      'acknowledge that the log does not match its proof, as after a restored backup; it is then signed again',
    )
    .requiredOption('--reason <text>', 'why: it becomes an entry of the log')
    .option('--json', 'answer as JSON')
    .action(async ({ reason, json }: { reason: string; json?: boolean }) => {
      const { acknowledgeAuditAlarm } = await import('@/lib/audit/acknowledge');
      const { acknowledgeSchema } = await import('@/lib/audit/schema');
      const { checked } = await import('@/lib/cli/checked');
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const input = checked(acknowledgeSchema, { reason });
      const { loss, sentence } = await withInstalledOrg((ctx) => acknowledgeAuditAlarm(ctx, input));
      answer(json, { loss }, `Acknowledged: the log says so. ${sentence}`);
    });
  audit
    .command('verify <file>')
    .description('verify an exported audit log, offline, and name the first bad entry')
    .option('--checkpoint <file...>', 'checkpoints that were kept outside of the database')
    .option('--key <vkey...>', 'verifier keys known from elsewhere, instead of those in the file')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      '\nExit code 0: it is what was written. 1: it is not; the line and the entry are named. 2: wrong use. 3: the file cannot be read.',
    )
    .action(async (file: string, { checkpoint = [], key = [], json }: VerifyOptions) => {
      const { verifyFile, sentencesOf } = await import('@/lib/cli/audit-verify');
      const report = await verifyFile(file, checkpoint, key);
      answer(json, report, sentencesOf(file, report).join('\n'));
      process.exitCode = report.ok ? exitCodes.done : exitCodes.no;
    });
}
