import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '@/lib/platform/errors';
import { cannotRead } from './cannot-read';
import { readCsvLayout, readHead } from './csv-header';
import { readCsv } from './read-csv';
import { readJson, readNdjson } from './read-json';
import type { Format, Table, TableRow } from './table';

/** JSON has no header: the columns of so many rows stand for it. */
const SAMPLE_ROWS = 200;

const BY_ENDING: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

/** Opens a file of rows. Its format is told by the caller, or by the file's ending, or by how it begins. */
export async function openTable(file: string, format?: Format): Promise<Table> {
  const sizeBytes = await sizeOf(file);
  if (sizeBytes === 0) throw new AppError('invalid', `${file} is empty.`);
  const head = await readHead(file).catch(inWords(file));
  const actual = format ?? BY_ENDING[extname(file).toLowerCase()] ?? formatByBeginning(head);
  if (actual === 'csv') {
    const layout = readCsvLayout(file, head);
    return {
      file,
      format: actual,
      columns: layout.columns,
      sizeBytes,
      rows: (onBytes) => readCsv(file, layout, onBytes),
    };
  }
  const rows = (onBytes?: (offset: number) => void): AsyncIterable<TableRow> =>
    actual === 'json' ? readJson(file, sizeBytes) : readNdjson(file, onBytes);
  return { file, format: actual, columns: await columnsOf(file, rows()), sizeBytes, rows };
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(inWords(file));
  if (found.isFile()) return found.size;
  throw new AppError('invalid', `${file} is not a file.`);
}

const inWords = (file: string) => (error: unknown) => {
  throw error instanceof AppError ? error : cannotRead(file, error);
};

function formatByBeginning(head: Buffer): Format {
  const first = head
    .toString('utf8', 0, 1_000)
    .replace(/^\uFEFF/, '')
    .trimStart()[0];
  if (first === '[') return 'json';
  return first === '{' ? 'ndjson' : 'csv';
}

async function columnsOf(file: string, rows: AsyncIterable<TableRow>): Promise<string[]> {
  const columns = new Set<string>();
  let seen = 0;
  for await (const row of rows) {
    if ('cells' in row) for (const column of row.cells.keys()) columns.add(column);
    seen += 1;
    if (seen === SAMPLE_ROWS) break;
  }
  if (columns.size === 0) throw new AppError('invalid', `${file} holds no rows that can be read.`);
  return [...columns];
}
