import type { Command } from 'commander';
import { answer } from '@/lib/cli/outcome';

export function register(program: Command): void {
  const secret = program.command('secret').description('the way out when AUTH_SECRET is lost for good');
  secret
    .command('reset')
    .description('go on with another AUTH_SECRET, without what was kept under the lost one')
    .requiredOption('--lost', 'say that the former secret is lost')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      `
Stop Gait first. The secret that holds from now on is AUTH_SECRET, or the one in the data folder; where there is none, it is made.
Lost are: the keys that sign the audit logs (a new one follows, and the log says so; what was signed still verifies), client secrets and
keys of single sign-on connections, addresses and secrets of channels, links in mails that were sent, and sign-ins under way.
Not lost are: the record and everything derived from it, the audit logs, people, sessions and tokens.`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const { withDatabase } = await import('@/lib/cli/local-database');
      const { resetSecret } = await import('@/lib/secret/mutations');
      const { adoptEnv, env } = await import('@/lib/platform/env');
      const { makeSecretFile, prepareHome, readSecretFile } = await import('@/lib/platform/home');
      const { systemClock } = await import('@/lib/platform/clock');
      const reset = await withDatabase(
        ({ home }) => {
          prepareHome(home);
          const present = env().AUTH_SECRET ?? readSecretFile(home) ?? makeSecretFile(home);
          adoptEnv({ AUTH_SECRET: present });
          return resetSecret(present, systemClock);
        },
        { comparesSecret: false },
      );
      const { newKeys, connections, channels } = reset;
      const named = (what: string, names: string[]) =>
        names.length === 0 ? [] : [`Enter the secrets of these ${what} anew: ${names.join(', ')}.`];
      const lines = [
        `The database goes on with this secret. Audit logs that sign with a new key: ${newKeys}. Keep the new verifier key of each, which its audit page shows.`,
        ...named('connections', connections),
        ...named('channels', channels),
      ];
      answer(json, reset, lines.join('\n'));
    });
}
