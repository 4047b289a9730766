import type { Command } from 'commander';
import { answer, exitCodes, remark } from '@/lib/cli/outcome';

export function register(program: Command): void {
  program
    .command('restore <file>')
    .description('put a backup into an empty database, and verify it')
    .option(
      '--secret-lost',
      'restore without the AUTH_SECRET of the Gait that made it, which is lost for good',
    )
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      `
The database is one in which Gait was never started: that of a new GAIT_HOME, or of DATABASE_URL. AUTH_SECRET, or the file auth-secret in the
data folder, is the one of the Gait that made the backup. Either all is restored or nothing. Sessions of then are ended.
Exit code 0: all is there, and verifies. 1: all is there, but an audit log does not verify; it did not when the backup was made.`,
    )
    .action(async (file: string, { secretLost, json }: { secretLost?: boolean; json?: boolean }) => {
      const { restoreBackup } = await import('@/lib/backup/restore');
      const { verifyRestored } = await import('@/lib/backup/mutations');
      const { createProgress } = await import('@/lib/cli/progress');
      const { withDatabase } = await import('@/lib/cli/local-database');
      const { untilStopped } = await import('@/lib/cli/until-stopped');
      const { systemClock } = await import('@/lib/platform/clock');
      const { env } = await import('@/lib/platform/env');
      const { readSecretFile } = await import('@/lib/platform/home');
      const progress = createProgress('Restoring (rows)');
      const options = { stopsItself: true, comparesSecret: false, migrates: false };
      const { restored, logs } = await untilStopped((signal) =>
        withDatabase(async ({ databaseUrl, home }) => {
          const secret = secretLost ? null : (env().AUTH_SECRET ?? readSecretFile(home));
          const onProgress = progress.update;
          const restored = await restoreBackup(databaseUrl, file, {
            secret,
            signal,
            say: remark,
            onProgress,
          });
          return { restored, logs: await verifyRestored(restored, systemClock) };
        }, options),
      ).finally(progress.stop);
      const broken = logs.filter(({ problem }) => problem !== null);
      const { takenAt, organisations, rows, sessionsEnded, messagesWaiting } = restored;
      const lines = [
        `Restored the backup of ${takenAt} (organisations: ${organisations}, rows: ${rows}). Every row was read back and is equal.`,
        ...(broken.length === 0
          ? [`Audit logs that verify: all ${logs.length}.`]
          : broken.map(({ orgId, problem }) => `The audit log of ${orgId} does not verify: ${problem}`)),
        `Sessions that were open then and are ended: ${sessionsEnded}. Make a link with gait sign-in-link. Tokens and invitations are as they were then: revoke what was revoked since.`,
        ...(messagesWaiting > 0
          ? [
              `Messages that were waiting then and go out once Gait is started, perhaps a second time: ${messagesWaiting}.`,
            ]
          : []),
        ...(secretLost ? ['Now say that the secret is lost: gait secret reset --lost'] : []),
      ];
      answer(json, { file, ...restored, logs }, lines.join('\n'));
      process.exitCode = broken.length === 0 ? exitCodes.done : exitCodes.no;
    });
}
