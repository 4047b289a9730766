import { basename, extname, resolve } from 'node:path';
import { importDestination } from '@/lib/cli/import-destination';
import { rehearse } from '@/lib/cli/import-rehearsal';
import { answer, exitCodes, remark } from '@/lib/cli/outcome';
import { createErrorFile, type ErrorFile } from '@/lib/importing/error-file';
import { createMeter } from '@/lib/importing/meter';
import { parseColumnFlags } from '@/lib/importing/parse-flags';
import { filesOf, type ImportPlan, planImport, sizeOf } from '@/lib/importing/plan-import';
import { planKey, progressFile } from '@/lib/importing/progress-file';
import type { EventCounts, ImportReport } from '@/lib/importing/report';
import { resume } from '@/lib/importing/resumption';
import { runImport } from '@/lib/importing/run-import';
import { leftoverCounts, summaryJson, summaryText } from '@/lib/importing/summary';
import type { Format } from '@/lib/importing/tables/table';
import { systemClock } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import { homeFolder, prepareHome } from '@/lib/platform/home';
import { onStopSignal } from '@/lib/platform/signals';

export type ImportFlags = {
  reviews?: string;
  timeline?: string;
  mapping?: string;
  map?: string[];
  categoryColumn?: string;
  agent?: string;
  team?: string;
  ref?: string;
  source?: string;
  format?: Format;
  dryRun?: boolean;
  errors?: string;
  restart?: boolean;
  strict?: boolean;
  json?: boolean;
};

/** @returns what to tell the shell */
export async function importFiles(files: string[], flags: ImportFlags): Promise<number> {
  const columns = parseColumnFlags(flags.map ?? [], flags.categoryColumn);
  const plan = await planImport({ ...flags, files, columns });
  // In the current folder: the one that holds the data may well be read-only.
  const first = resolve(files[0] ?? 'import');
  const errorsFile = flags.errors ?? `${basename(first, extname(first))}.errors.ndjson`;
  const inputs = [...filesOf(plan), ...plan.leftOut.flatMap(({ files }) => files)];
  const errors = createErrorFile(errorsFile, inputs);
  const report = flags.dryRun
    ? await rehearse(plan, errorsFile, flags.json)
    : await bringIn(plan, errors, flags);
  return exitCodeOf(report, plan, flags);
}

/** Nothing at all going in is no success either: a header without rows is an export that went wrong more often than a quiet week. */
function exitCodeOf(report: ImportReport, { leftOut }: ImportPlan, { strict }: ImportFlags): number {
  if (!report.isComplete) return exitCodes.couldNot;
  const { refused, imported } = leftoverCounts(report);
  const isNo = imported === 0 || leftOut.length > 0 || (strict && refused > 0);
  return isNo ? exitCodes.no : exitCodes.done;
}

async function bringIn(plan: ImportPlan, errors: ErrorFile, flags: ImportFlags): Promise<ImportReport> {
  const home = homeFolder(env().GAIT_HOME);
  prepareHome(home);
  const stop = new AbortController();
  const listenNoMore = onStopSignal(() => {
    remark('\nStopping after what is under way.');
    stop.abort();
  });
  try {
    return await importDestination(async ({ name, send, settle }) => {
      const progress = progressFile(home, planKey(plan, name));
      const resumption = resume(flags.restart ? null : progress.read());
      const before = eventsIn(resumption.events);
      if (before !== null) remark(`Going on where the last import stopped, after ${before}.`);
      const meter = createMeter(sizeOf(plan));
      let report: ImportReport | undefined;
      try {
        report = await runImport({
          datasets: plan.datasets,
          send,
          resumption,
          now: systemClock.now().getTime(),
          onLeftover: errors.add,
          onProgress: (bytes, rows) => {
            meter.update(bytes, rows);
            progress.write(resumption.progress);
          },
          onEvents: () => {},
          isStopped: () => stop.signal.aborted,
        });
      } finally {
        meter.stop();
        if (report?.isComplete) progress.remove();
        else {
          progress.write(resumption.progress, true);
          const soFar = eventsIn(resumption.progress().events);
          if (soFar !== null) remark(`${soFar} went in. The same command goes on from there.`);
        }
      }
      const reviewed = report.isComplete ? await settle(plan.source) : null;
      const options = { isDryRun: false, errorsFile: errors.path, leftOut: plan.leftOut, reviewed };
      answer(
        flags.json,
        summaryJson(report, { ...options, source: plan.source }),
        summaryText(report, options),
      );
      return report;
    }, stop.signal);
  } finally {
    listenNoMore();
    errors.close();
  }
}

/** How many events the receiver has; null when there are none to speak of. */
function eventsIn({ accepted, duplicates }: EventCounts): string | null {
  const sum = accepted + duplicates;
  return sum === 0 ? null : `${sum.toLocaleString('en')} ${sum === 1 ? 'event' : 'events'}`;
}
