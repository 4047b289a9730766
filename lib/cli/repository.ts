import type { Command } from 'commander';
import { answer } from '@/lib/cli/outcome';

type Json = { json?: boolean };

export function register(program: Command): void {
  const repository = program
    .command('repository')
    .description('say which team a repository belongs to, and list them');
  repository
    .command('assign <name>')
    .description('count its tasks that name no team for a team, those of the past as well')
    .option('--team <team>', 'name or slug of the team')
    .option('--no-team', 'take it from its team')
    .option('--json', 'answer as JSON')
    .action(async (name: string, { team, json }: { team?: string | false } & Json) => {
      const { assignRepository } = await import('@/lib/repositories/mutations');
      const { assignRepositorySchema } = await import('@/lib/repositories/schema');
      const { checked } = await import('@/lib/cli/checked');
      const given = { name, team: team === false ? null : (team ?? '') };
      const input = checked(assignRepositorySchema, given, { team: '--team' });
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const { tasks } = await withInstalledOrg((ctx) => assignRepository(ctx, input));
      const { plural } = await import('@/lib/domain/plural');
      const whose = input.team === null ? 'belongs to no team' : `belongs to ${input.team}`;
      answer(
        json,
        { ...input, tasks },
        `${name} ${whose}. ${tasks === 0 ? 'No task of it is known yet.' : `${plural(tasks, 'task')} read anew: those that name a team keep it.`}`,
      );
    });
  repository
    .command('list')
    .description('list the repositories that evidence has named, with their teams')
    .option('--json', 'answer as JSON')
    .action(async ({ json }: Json) => {
      const { listRepositories } = await import('@/lib/repositories/data');
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const items = await withInstalledOrg(({ orgId }) => listRepositories(orgId));
      const lines = items.map(({ name, team }) => `${name}  ${team ?? '(no team)'}`);
      answer(json, items, lines.join('\n') || 'No repository has been named yet.');
    });
}
