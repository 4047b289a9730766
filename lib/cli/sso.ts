import type { Command } from 'commander';
import { answer } from '@/lib/cli/outcome';

export function register(program: Command): void {
  const sso = program.command('sso').description('single sign-on: the way out when it locks everybody out');
  sso
    .command('allow-others')
    .description('no longer enforce single sign-on, so that links sign people in again')
    .option('--json', 'answer as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const { enforceSso } = await import('@/lib/sso/mutations/connections');
      const wasEnforced = await withInstalledOrg((ctx) => enforceSso(ctx, { to: false }));
      const line = wasEnforced
        ? 'Single sign-on is no longer enforced. npx gait sign-in-link makes a link for the owner, or for whom you name.'
        : 'Single sign-on was not enforced: nothing was changed.';
      answer(json, { wasEnforced }, line);
    });
}
