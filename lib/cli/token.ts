import type { Command } from 'commander';
import { answer } from '@/lib/cli/outcome';

type Json = { json?: boolean };
type NewToken = { scopes: string; days: string; team?: string };

export function register(program: Command): void {
  const token = program
    .command('token')
    .description('make, replace, list and revoke the tokens of agents and CI');
  token
    .command('create <name>')
    .description('make a token and print its secret, once')
    .option(
      '--scopes <list>',
      'what it may do, by commas: events:write, read, audit:read',
      'events:write,read',
    )
    .option('--days <number>', 'days until it expires', '90')
    .option('--team <slug>', 'the only team that it speaks for')
    .option('--json', 'answer as JSON')
    .action(async (name: string, { scopes, days, team, json }: NewToken & Json) => {
      const { createToken } = await import('@/lib/tokens/mutations');
      const { createTokenSchema } = await import('@/lib/tokens/schema');
      const { checked } = await import('@/lib/cli/checked');
      const list = scopes.split(',').map((scope) => scope.trim());
      const flags = { scopes: '--scopes', days: '--days', team: '--team' };
      const input = checked(createTokenSchema, { name, scopes: list, days, team }, flags);
      const made = await inInstallation((ctx) => createToken(ctx, input));
      answer(json, made, made.secret);
      if (!json)
        process.stderr.write(
          `Expires ${made.expiresAt.toISOString().slice(0, 10)}. Keep it safe: it is not shown again.\n`,
        );
    });
  token
    .command('replace <id>')
    .description('make a token in place of one that works, and print its secret, once')
    .option('--overlap <hours>', 'hours for which the old one goes on working', '24')
    .option('--json', 'answer as JSON')
    .action(async (given: string, { overlap, json }: { overlap: string } & Json) => {
      const { replaceToken } = await import('@/lib/tokens/mutations');
      const { replaceTokenSchema } = await import('@/lib/tokens/schema');
      const { checked } = await import('@/lib/cli/checked');
      const input = checked(replaceTokenSchema, { id: given, overlap }, { overlap: '--overlap' });
      const made = await inInstallation((ctx) => replaceToken(ctx, input));
      answer(json, made, made.secret);
      if (!json)
        process.stderr.write(
          `Expires ${made.expiresAt.toISOString().slice(0, 10)}. The old one works until ${made.oldExpiresAt.toISOString()}.\n`,
        );
    });
  token
    .command('list')
    .description('list the tokens; never their secrets')
    .option('--json', 'answer as JSON')
    .action(async ({ json }: Json) => {
      const { listTokens } = await import('@/lib/tokens/data');
      const { items } = await inInstallation((ctx) => listTokens(ctx.orgId, ctx.clock.now()));
      const lines = items.map(({ id, name, prefix, scopes, team, expiresAt, revokedAt, expired }) => {
        const state = revokedAt ? 'revoked' : expired ? 'expired' : `until ${expiresAt.slice(0, 10)}`;
        return [id, prefix, state, scopes.join(','), team ?? 'all teams', name].join('  ');
      });
      answer(json, items, lines.join('\n') || 'There are no tokens.');
    });
  token
    .command('revoke <id>')
    .description('end a token at once')
    .option('--json', 'answer as JSON')
    .action(async (given: string, { json }: Json) => {
      const { revokeToken } = await import('@/lib/tokens/mutations');
      const { revokeTokenSchema } = await import('@/lib/tokens/schema');
      const { checked } = await import('@/lib/cli/checked');
      const { id } = checked(revokeTokenSchema, { id: given });
      await inInstallation((ctx) => revokeToken(ctx, id));
      answer(json, { revoked: id }, 'The token is revoked.');
    });
}

async function inInstallation<T>(work: (ctx: import('@/lib/platform/ctx').Ctx) => Promise<T>): Promise<T> {
  const { withInstalledOrg } = await import('@/lib/cli/installed-org');
  return withInstalledOrg(work);
}
