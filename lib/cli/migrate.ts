import type { Command } from 'commander';
import { answer } from '@/lib/cli/outcome';

export function register(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to this version of Gait; starting does so, too')
    .option('--json', 'answer as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { withDatabase } = await import('@/lib/cli/local-database');
      const applied = await withDatabase(({ applied }) => Promise.resolve(applied));
      const line = applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`;
      answer(json, { applied }, line);
    });
}
