import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { plural } from '@/lib/domain/plural';
import type { CsvLayout } from './csv-header';
import { parseCsv } from './parse-csv';
import { NOT_UTF8, RAW_CHARS, type TableRow } from './table';

/** The end of what was read: bytes and lines from the beginning of the file, and data rows. */
type Place = { offset: number; line: number; row: number };

/**
 * Streams the rows of a CSV file. A row that cannot be read costs itself alone: reading goes on with the next line,
 * even when a quote that was never closed had swallowed the rest of the file.
 */
export async function* readCsv(
  file: string,
  { columns, delimiter, endsAt, lines }: CsvLayout,
  onBytes: (offset: number) => void = () => {},
): AsyncGenerator<TableRow> {
  const handle = await open(file);
  let end: Place = { offset: endsAt, line: lines, row: 0 };
  try {
    for (;;) {
      const from = end;
      const records = parseCsv(file, from.offset, delimiter);
      let stuck: string | null = null;
      for (;;) {
        const { value, done } = await records.next();
        if (done) {
          stuck = value;
          break;
        }
        const { values } = value;
        const innerLines = countLineBreaks(values);
        const wrongCount =
          values.length === columns.length
            ? null
            : `it has ${plural(values.length, 'column')} where the header has ${columns.length}`;
        if (wrongCount !== null && innerLines > 0) {
          await records.return(null);
          stuck = `${wrongCount}, and a quote is not closed on its line`;
          break;
        }
        const begin = end.offset;
        end = { offset: from.offset + value.bytes, line: from.line + value.lines, row: end.row + 1 };
        onBytes(end.offset);
        const at = { row: end.row, line: end.line - innerLines };
        const reason = wrongCount ?? (await encodingProblem(handle, values, begin, end.offset));
        if (reason === null) yield { ...at, cells: cellsOf(columns, values) };
        else yield { ...at, reason, raw: values.join(delimiter).slice(0, RAW_CHARS) };
      }
      const line = stuck === null ? null : await nextLine(handle, end);
      if (stuck === null || line === null) return;
      end = { offset: line.endsAt, line: line.line, row: end.row + 1 };
      yield { row: end.row, line: line.line, reason: stuck, raw: line.text };
    }
  } finally {
    await handle.close();
  }
}

function countLineBreaks(values: readonly string[]): number {
  let count = 0;
  for (const value of values) {
    for (let at = value.indexOf('\n'); at !== -1; at = value.indexOf('\n', at + 1)) count += 1;
  }
  return count;
}

function cellsOf(columns: readonly string[], values: readonly string[]): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [index, column] of columns.entries()) cells.set(column, values[index] ?? '');
  return cells;
}

/** The parser puts U+FFFD for what is no UTF-8; whether the file itself says U+FFFD is told by its bytes. */
async function encodingProblem(
  handle: FileHandle,
  values: readonly string[],
  from: number,
  to: number,
): Promise<string | null> {
  if (!values.some((value) => value.includes('\uFFFD'))) return null;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
  return isUtf8(buffer.subarray(0, bytesRead)) ? null : NOT_UTF8;
}

/** The first line after a place that is not blank. */
async function nextLine(
  handle: FileHandle,
  after: Place,
): Promise<{ text: string; endsAt: number; line: number } | null> {
  const chunk = Buffer.alloc(64 * 1024);
  let { offset } = after;
  let line = after.line + 1;
  let text = '';
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, offset);
    const lineEnd = chunk.subarray(0, bytesRead).indexOf(10);
    const isLast = bytesRead === 0;
    if (!isLast) {
      text = (text + chunk.toString('utf8', 0, lineEnd === -1 ? bytesRead : lineEnd)).slice(0, RAW_CHARS * 2);
      offset += lineEnd === -1 ? bytesRead : lineEnd + 1;
      if (lineEnd === -1) continue;
    }
    if (text.trim() !== '') return { text: text.trimEnd().slice(0, RAW_CHARS), endsAt: offset, line };
    if (isLast) return null;
    line += 1;
    text = '';
  }
}
