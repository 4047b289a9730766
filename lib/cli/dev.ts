import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('dev')
    .description('start the development server, which follows changes of the code')
    .action(async () => {
      const { serve } = await import('@/lib/cli/serve');
      await serve('dev');
    });
}
