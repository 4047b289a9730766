import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { slugOf } from '@/lib/domain/slug';
import { AppError, systemCode } from '@/lib/platform/errors';
import type { Dataset, Source } from './dataset';
import type { Columns, TableKind } from './fields';
import { listColumns, looksLikeReviews, settleColumns } from './guess-columns';
import { refProblem } from './identity';
import { BUILT_IN_MAPPINGS, builtInMapping, type Mapping, parseMapping } from './mapping';
import type { SaidColumns } from './parse-flags';
import type { Settings } from './read-pull-request';
import { cannotRead } from './tables/cannot-read';
import { openTable } from './tables/open-table';
import type { Format } from './tables/table';

/** What the command line says about an import. */
export type ImportRequest = {
  readonly files: readonly string[];
  readonly reviews?: string | undefined;
  readonly timeline?: string | undefined;
  readonly mapping?: string | undefined;
  readonly columns: SaidColumns;
  readonly agent?: string | undefined;
  readonly team?: string | undefined;
  readonly ref?: string | undefined;
  readonly source?: string | undefined;
  readonly format?: Format | undefined;
};

/** Tables of a folder that stay out, since one of them cannot be read. */
export type LeftOut = { readonly files: readonly string[]; readonly reason: string };

export type ImportPlan = {
  readonly source: string;
  readonly datasets: readonly Dataset[];
  readonly leftOut: readonly LeftOut[];
};

type Files = Readonly<Partial<Record<TableKind, string>>>;
type FileSet = { readonly files: Files; readonly isNamed: boolean };

/** Finds the tables, opens them and settles their columns. Throws `invalid` with what to do about it, `unavailable` for a file that cannot be read. */
export async function planImport(request: ImportRequest): Promise<ImportPlan> {
  const mapping = request.mapping === undefined ? null : loadMapping(request.mapping);
  const ref = request.ref ?? mapping?.ref;
  const problem = ref === undefined ? null : refProblem(ref);
  if (problem !== null) throw new AppError('invalid', problem);
  const sets = searchFiles(request, mapping);
  const first = sets[0]?.files.pullRequests ?? sets[0]?.files.reviews ?? '';
  const source = `import:${request.source ?? mapping?.name ?? slugOf(basename(first, extname(first)))}`;
  const datasets: Dataset[] = [];
  const failures: { files: Files; error: AppError }[] = [];
  for (const { files, isNamed } of sets) {
    try {
      datasets.push(await openDataset(files, request, mapping, source));
    } catch (error) {
      if (isNamed || !(error instanceof AppError)) throw error;
      // The whole set: pull requests that came in without their timeline could never be given its commits.
      failures.push({ files, error });
    }
  }
  if (datasets.length === 0 && failures[0]) throw failures[0].error;
  const leftOut = failures.map(({ files, error }) => ({
    files: Object.values(files),
    reason: error.message,
  }));
  return { source, datasets, leftOut };
}

/** Every file that is read. */
export function filesOf({ datasets }: ImportPlan): string[] {
  return datasets.flatMap(({ pullRequests, reviews, timeline }) =>
    [pullRequests, reviews, timeline].flatMap((one) => (one ? [one.table.file] : [])),
  );
}

/** Bytes of the tables whose rows go in: what progress is measured by. */
export function sizeOf({ datasets }: ImportPlan): number {
  return datasets.reduce(
    (sum, { pullRequests, reviews }) =>
      sum + (pullRequests?.table.sizeBytes ?? 0) + (reviews?.table.sizeBytes ?? 0),
    0,
  );
}

function loadMapping(named: string): Mapping {
  const builtIn = builtInMapping(named);
  if (builtIn) return builtIn;
  try {
    return parseMapping(readFileSync(named, 'utf8'), named);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (systemCode(error) !== 'ENOENT') throw cannotRead(named, error);
    const known = BUILT_IN_MAPPINGS.join(', ');
    throw new AppError(
      'invalid',
      `There is no mapping ${named}: neither a file, nor one that Gait brings along (${known}).`,
    );
  }
}

function searchFiles({ files, reviews, timeline }: ImportRequest, mapping: Mapping | null): FileSet[] {
  const extra: Files = { ...(reviews && { reviews }), ...(timeline && { timeline }) };
  const found = files.flatMap((file) =>
    isFolder(file)
      ? searchFolder(file, mapping).map((pullRequests) => ({ pullRequests, isNamed: false }))
      : [{ pullRequests: file, isNamed: true }],
  );
  if (Object.keys(extra).length > 0 && found.length !== 1) {
    throw new AppError(
      'invalid',
      `--reviews and --timeline belong to one table of pull requests; here are ${found.length}.`,
    );
  }
  return found.map(({ pullRequests, isNamed }) => ({
    files: { pullRequests, ...siblingsOf(pullRequests, mapping), ...extra },
    isNamed,
  }));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    throw cannotRead(path, error);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw cannotRead(folder, error);
  }
}

function searchFolder(folder: string, mapping: Mapping | null): string[] {
  const ending = mapping?.files?.pullRequests;
  if (ending === undefined) {
    throw new AppError(
      'invalid',
      `${folder} is a folder. Name its files, or a mapping that says how they are called, such as --mapping aidev.`,
    );
  }
  const names = namesIn(folder).filter((name) => name.endsWith(ending));
  if (names.length === 0)
    throw new AppError('invalid', `${folder} holds no file whose name ends in ${ending}.`);
  return names.map((name) => join(folder, name));
}

/** `codex_reviews.csv` beside `codex_pull_requests.csv`, if the mapping says so and it is there. */
function siblingsOf(file: string, mapping: Mapping | null): Files {
  const endings = mapping?.files;
  if (endings?.pullRequests === undefined || !file.endsWith(endings.pullRequests)) return {};
  const stem = file.slice(0, -endings.pullRequests.length);
  const found: Partial<Record<TableKind, string>> = {};
  for (const kind of ['reviews', 'timeline'] as const) {
    const sibling = endings[kind] === undefined ? undefined : stem + endings[kind];
    if (sibling !== undefined && statSync(sibling, { throwIfNoEntry: false })?.isFile())
      found[kind] = sibling;
  }
  return found;
}

async function openDataset(
  files: Files,
  request: ImportRequest,
  mapping: Mapping | null,
  source: string,
): Promise<Dataset> {
  const open = async <K extends TableKind>(
    kind: K,
    file: string | undefined,
  ): Promise<Source<K> | undefined> => {
    if (file === undefined) return undefined;
    const table = await openTable(file, request.format);
    const said = { ...mapping?.[kind], ...request.columns[kind] } as Columns<K>;
    return { table, columns: settleColumns(kind, file, table.columns, said) };
  };
  const main = await openTable(files.pullRequests ?? '', request.format);
  const isReviews =
    !mapping?.pullRequests && !files.reviews && !files.timeline && looksLikeReviews(main.columns);
  const pullRequests = isReviews ? undefined : await open('pullRequests', files.pullRequests);
  const settings: Settings = {
    columns: pullRequests?.columns ?? {},
    source,
    ref: request.ref ?? mapping?.ref,
    agent: { always: request.agent, otherwise: mapping?.agent },
    team: { always: request.team, otherwise: mapping?.team },
    categories: mapping?.categories ?? {},
  };
  if (pullRequests) demandAgent(settings, pullRequests.table.file, pullRequests.table.columns);
  return {
    pullRequests,
    reviews: await open('reviews', isReviews ? files.pullRequests : files.reviews),
    timeline: await open('timeline', files.timeline),
    settings,
  };
}

/** Events are never edited: tasks that came in without their agent would stay so. */
function demandAgent({ columns, agent }: Settings, file: string, header: readonly string[]): void {
  if (columns.agent !== undefined || agent.always !== undefined || agent.otherwise !== undefined) return;
  throw new AppError(
    'invalid',
    `No column of ${file} says which agent did the work. Its columns are ${listColumns(header)}. Name the agent with --agent KEY, or its column with --map agent=COLUMN.`,
  );
}
