import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { AppError } from '@/lib/platform/errors';
import { whyUnparsable } from './parse-csv';

/** What a CSV file's first line tells. `endsAt` is the byte after it, `lines` how many lines it takes. */
export type CsvLayout = { columns: string[]; delimiter: string; endsAt: number; lines: number };

const HEAD_BYTES = 1024 * 1024;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const LINE_END = /\r?\n|\r/;

/** The beginning of a file. Refuses UTF-16, which spreadsheets write as "Unicode text". */
export async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const mark = head.subarray(0, 2).toString('hex');
    if (mark === 'fffe' || mark === 'feff') throw notUtf8(file, 'UTF-16');
    return head;
  } finally {
    await handle.close();
  }
}

function notUtf8(file: string, itIs: string): AppError {
  return new AppError('invalid', `${file} is ${itIs}. Save it as UTF-8 and import that.`);
}

function unreadable(file: string, why: string): AppError {
  return new AppError('invalid', `The header of ${file} cannot be read: ${why}.`);
}

/** The first line that holds anything. One that was misread would leave a column aside, and events are never edited. */
function firstLineOf(file: string, head: Buffer): string {
  const text = head.toString('utf8').trimStart();
  if (head.length === HEAD_BYTES && !LINE_END.test(text)) throw unreadable(file, 'it is longer than 1 MB');
  const line = text.split(LINE_END, 1)[0] ?? '';
  if (line.includes('\0')) throw notUtf8(file, 'UTF-16 or no text at all');
  if (line.includes('\uFFFD')) throw notUtf8(file, 'not UTF-8');
  return line;
}

/** The separator that occurs most outside quotes in the header; names of columns rarely hold one. */
export function detectDelimiter(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

type FirstRecord = { record: string[]; info: { bytes: number; lines: number } };

/** @param head the beginning of the file */
export function readCsvLayout(file: string, head: Buffer): CsvLayout {
  const delimiter = detectDelimiter(firstLineOf(file, head));
  let found: FirstRecord | undefined;
  try {
    // `to: 1` stops the parser before it meets what may be wrong further down.
    const parsed: unknown = parse(head, {
      bom: true,
      info: true,
      to: 1,
      delimiter,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
    });
    [found] = parsed as FirstRecord[];
  } catch (error) {
    throw unreadable(file, whyUnparsable(error));
  }
  if (!found) throw new AppError('invalid', `${file} is empty.`);
  const { record, info } = found;
  return {
    columns: distinctNames(record.map((name) => name.trim())),
    delimiter,
    endsAt: info.bytes,
    lines: info.lines,
  };
}

function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
