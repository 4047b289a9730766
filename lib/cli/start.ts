import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('start')
    .description('start the server, with its own PostgreSQL unless DATABASE_URL names one')
    .action(async () => {
      const { serve } = await import('@/lib/cli/serve');
      await serve('start');
    });
}
