import type { Command } from 'commander';
import { answer } from '@/lib/cli/outcome';

export function register(program: Command): void {
  program
    .command('backup <file>')
    .description('write all that the database holds into one file; Gait may go on running')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      '\nThe file does not hold AUTH_SECRET, without which its secrets do not open: keep that elsewhere. gait restore checks the file and puts it back.',
    )
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { backUp } = await import('@/lib/backup/back-up');
      const { createProgress } = await import('@/lib/cli/progress');
      const { withDatabase } = await import('@/lib/cli/local-database');
      const { untilStopped } = await import('@/lib/cli/until-stopped');
      const { systemClock } = await import('@/lib/platform/clock');
      const progress = createProgress('Backing up (bytes)');
      // Whoever has lost the secret may still save the rest, and whoever is about to update saves what was before.
      const options = { stopsItself: true, comparesSecret: false, migrates: false };
      const taken = await untilStopped((signal) =>
        withDatabase(
          ({ databaseUrl }) =>
            backUp(databaseUrl, file, { now: systemClock.now(), signal, onProgress: progress.update }),
          options,
        ),
      ).finally(progress.stop);
      const { organisations, rows } = taken;
      answer(
        json,
        { file, ...taken },
        `Wrote ${file} (organisations: ${organisations}, rows: ${rows}). Keep AUTH_SECRET, or the file auth-secret of the data folder, apart from it.`,
      );
    });
}
