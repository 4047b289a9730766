import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GaitEvent } from '@/lib/domain/event';
import { taskRefOf } from '@/lib/domain/record';
import { type FoldedTask, foldTask } from '@/lib/domain/task';
import type { SendBatch } from '../batches';
import type { Leftover } from '../dataset';
import { type ImportRequest, planImport } from '../plan-import';
import type { ImportReport } from '../report';
import { type Resumption, resume } from '../resumption';
import { runImport } from '../run-import';

/** Sunday, 22 November 2026, noon: where the imports of the tests stand in time. */
export const NOW = Date.UTC(2026, 10, 22, 12);

/** Runs `work` in a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gait-import-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Imported = { report: ImportReport; events: GaitEvent[]; leftovers: Leftover[] };

type Options = { send?: SendBatch; resumption?: Resumption; isStopped?: () => boolean; inFlight?: number };

/** Plans and runs an import, and keeps what would be recorded instead of sending it. */
export async function collectImport(
  request: Partial<ImportRequest>,
  options: Options = {},
): Promise<Imported> {
  const plan = await planImport({ files: [], columns: {}, ...request });
  const events: GaitEvent[] = [];
  const leftovers: Leftover[] = [];
  const keep: SendBatch = async (batch) => {
    for (const { parsed } of batch) {
      const { type, source, id, at, data } = parsed.event;
      events.push({ type, source, id, at, data } as GaitEvent);
    }
    return { accepted: batch.length, duplicates: 0, differing: 0, rejected: new Map() };
  };
  const report = await runImport({
    datasets: plan.datasets,
    send: options.send ?? keep,
    resumption: options.resumption ?? resume(null),
    now: NOW,
    onLeftover: (leftover) => leftovers.push(leftover),
    onProgress: () => {},
    onEvents: () => {},
    isStopped: options.isStopped ?? (() => false),
    batching: { eventsPerBatch: 20, inFlight: options.inFlight ?? 2 },
  });
  return { report, events, leftovers };
}

/** Imports tables given as texts by file name; the first is that of the pull requests unless the request says otherwise. */
export function importTexts(
  texts: Readonly<Record<string, string | Buffer>>,
  request: Partial<ImportRequest> = {},
  options: Options = {},
): Promise<Imported> {
  return inFolder((folder) => {
    const paths = Object.entries(texts).map(([name, text]) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    });
    const inside = (file: string | undefined) => (file === undefined ? {} : { file: join(folder, file) });
    const { file: reviews } = inside(request.reviews);
    const { file: timeline } = inside(request.timeline);
    return collectImport(
      { agent: 'codex', ...request, files: paths.slice(0, 1), reviews, timeline },
      options,
    );
  });
}

/** The tasks that the events tell of, by ref. */
export function foldAll(events: readonly GaitEvent[]): Map<string, FoldedTask> {
  const byRef = Map.groupBy(events, (event) => taskRefOf(event) ?? '');
  return new Map([...byRef].sort().map(([ref, own]) => [ref, foldTask(ref, own)]));
}

export async function arrayOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
