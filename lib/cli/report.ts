import { type Command, Option } from 'commander';
import { answer } from '@/lib/cli/outcome';

type Options = { week?: string; team?: string; json?: boolean; pdf?: string };

export function register(program: Command): void {
  program
    .command('report')
    .description(
      'print the weekly report of a week that is over; one that is not frozen yet is computed and frozen',
    )
    .option('--week <week>', 'ISO week, such as 2026-W47; without it, the last one')
    .option('--team <slug>', 'of a team; without it, of the organisation')
    .addOption(new Option('--json', 'the frozen report as JSON, with its hash'))
    .option('--pdf <file>', 'write it into a file as PDF')
    .action(async ({ week, team, json, pdf }: Options) => {
      const { checked } = await import('@/lib/cli/checked');
      const { reportRequestSchema } = await import('@/lib/reports/schema');
      const input = checked(reportRequestSchema, { week, team }, { week: '--week', team: '--team' });
      const { withInstalledOrg } = await import('@/lib/cli/installed-org');
      const { reportOf } = await import('@/lib/reports/mutations/report-of');
      const report = await withInstalledOrg((ctx) =>
        reportOf(ctx, { week: input.week, team: input.team ?? '' }),
      );
      if (pdf !== undefined) {
        const { writeReportPdf } = await import('@/lib/cli/report-pdf');
        await writeReportPdf(pdf, report.content);
        answer(
          json,
          { file: pdf, hash: report.hash },
          `Wrote the report of ${report.content.week} to ${pdf}.`,
        );
        return;
      }
      const { wordsOf } = await import('@/lib/reports/data/pdf');
      const { markdownOf } = await import('@/lib/domain/report/markdown');
      answer(json, report, markdownOf(wordsOf(report)).trimEnd());
    });
}
