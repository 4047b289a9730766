import { basename } from 'node:path';
import { answer } from '@/lib/cli/outcome';
import type { Envelope } from '@/lib/importing/events';
import { createMeter } from '@/lib/importing/meter';
import { type ImportPlan, sizeOf } from '@/lib/importing/plan-import';
import { eventLines, planLines } from '@/lib/importing/plan-text';
import { rehearsedSend } from '@/lib/importing/rehearsed-send';
import type { ImportReport } from '@/lib/importing/report';
import { resume } from '@/lib/importing/resumption';
import { runImport } from '@/lib/importing/run-import';
import { summaryJson, summaryText } from '@/lib/importing/summary';
import { systemClock } from '@/lib/platform/clock';

const SHOWN = 6;

/** `--dry-run`: everything is read and checked, and nothing is written, not even the error file. */
export async function rehearse(
  plan: ImportPlan,
  errorsFile: string,
  asJson: boolean | undefined,
): Promise<ImportReport> {
  const events: Envelope[] = [];
  const reviews: Envelope[] = [];
  const leftovers: string[] = [];
  const meter = createMeter(sizeOf(plan));
  const report = await runImport({
    datasets: plan.datasets,
    send: rehearsedSend(),
    resumption: resume(null),
    now: systemClock.now().getTime(),
    onLeftover: ({ file, row, reasons }) => {
      if (leftovers.length < SHOWN) leftovers.push(`  ${basename(file)}, row ${row}: ${reasons.join('; ')}`);
    },
    onProgress: meter.update,
    onEvents: (sent) => {
      for (const { envelope } of sent) {
        const shown = envelope.type.startsWith('dev.gait.review.') ? reviews : events;
        if (shown.length < SHOWN) shown.push(envelope);
      }
    },
    isStopped: () => false,
  });
  meter.stop();
  const options = { isDryRun: true, errorsFile, leftOut: plan.leftOut, reviewed: null };
  const text = [
    ...planLines(plan.datasets),
    ...(events.length > 0 ? ['', 'The first events:', ...eventLines(events)] : []),
    ...(reviews.length > 0 ? ['', 'The first reviews:', ...eventLines(reviews)] : []),
    ...(leftovers.length > 0 ? ['', 'The first rows that would not go in:', ...leftovers] : []),
    '',
    summaryText(report, options),
  ];
  const columns = plan.datasets.map(({ pullRequests, reviews, timeline }) => ({
    pullRequests: pullRequests?.columns ?? null,
    reviews: reviews?.columns ?? null,
    timeline: timeline?.columns ?? null,
  }));
  const json = {
    ...summaryJson(report, { ...options, source: plan.source }),
    columns,
    firstEvents: events,
    firstReviews: reviews,
  };
  answer(asJson, json, text.join('\n'));
  return report;
}
