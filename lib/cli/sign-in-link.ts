import type { Command } from 'commander';
import { answer } from '@/lib/cli/outcome';

export function register(program: Command): void {
  program
    .command('sign-in-link [who]')
    .description(
      'make a one-time link for a person, by name or e-mail address; without one, for the first owner',
    )
    .option('--json', 'answer as JSON')
    .action(async (who: string | undefined, { json }: { json?: boolean }) => {
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const { createLinkFor } = await import('@/lib/members/mutations/links');
      const made = await withInstalledOrg((ctx) => createLinkFor(ctx, who));
      answer(json, made, made.link);
      if (!json) process.stderr.write(`Signs ${made.name} in, once, within a day.\n`);
    });
}
