import type { Command } from 'commander';
import { answer, exitCodes } from '@/lib/cli/outcome';
import { plural } from '@/lib/domain/plural';

export function register(program: Command): void {
  program
    .command('rebuild')
    .description('derive everything from the record anew, and say whether it is equal')
    .addHelpText(
      'after',
      '\nInterrupting is safe: what is left is finished by the server, or by the next rebuild.\nExit code 1: something came out differently.',
    )
    .option('--json', 'answer as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const { rebuildProjections } = await import('@/lib/projection/rebuild');
      const { projectAll } = await import('@/lib/projection/projector');
      const { createCounter } = await import('@/lib/importing/meter');
      const { createProgress } = await import('@/lib/cli/progress');
      const progress = createProgress('Rebuilding');
      const tables = await withInstalledOrg(async ({ orgId, clock }) => {
        // Evidence that came in just now is no difference.
        const counter = createCounter('Counting the evidence');
        await projectAll(clock, counter.tick);
        counter.stop();
        return rebuildProjections(orgId, clock, progress.update);
      });
      progress.stop();
      const rows = Object.entries(tables).map(([table, { before, after, equal }]) => {
        const verdict = equal ? 'equal' : 'DIFFERENT';
        return `${table.padEnd(16)} ${plural(before, 'row').padStart(14)} before ${String(after).padStart(9)} after   ${verdict}`;
      });
      const isEqual = Object.values(tables).every(({ equal }) => equal);
      const verdict = isEqual
        ? 'Everything is equal, row for row.'
        : 'The tables marked came out differently.';
      answer(json, { equal: isEqual, tables }, [...rows, verdict].join('\n'));
      process.exitCode = isEqual ? exitCodes.done : exitCodes.no;
    });
}
