import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('demo')
    .description('start the server with a sample organisation to look around in')
    .action(async () => {
      const { serve } = await import('@/lib/cli/serve');
      await serve('demo');
    });
}
