import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AppError, messageOf } from '@/lib/platform/errors';
import { flatten } from './flatten';
import { MAX_ROW_CHARS, NOT_UTF8, RAW_CHARS, type TableRow } from './table';

/** A JSON array must be held whole; what is larger comes as NDJSON. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;

export async function* readJson(file: string, sizeBytes: number): AsyncGenerator<TableRow> {
  if (sizeBytes > MAX_JSON_BYTES) {
    const limit = `${MAX_JSON_BYTES / 1024 / 1024} MB`;
    throw new AppError(
      'invalid',
      `${file} is a JSON array of more than ${limit}, which would not fit into memory. Make it NDJSON, one object a line: jq -c '.[]' ${file} > rows.ndjson`,
    );
  }
  const bytes = await readFile(file);
  if (!isUtf8(bytes))
    throw new AppError('invalid', `${file} is not UTF-8. Save it as UTF-8 and import that.`);
  const items = parseArray(file, bytes.toString('utf8').replace(/^\uFEFF/, ''));
  for (const [index, item] of items.entries())
    yield rowOf(item, { row: index + 1, line: index + 1 }, () => JSON.stringify(item));
}

function parseArray(file: string, text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch (error) {
    throw new AppError(
      'invalid',
      `${file} is not JSON: ${messageOf(error)}. One object a line is NDJSON: --format ndjson.`,
    );
  }
  throw new AppError('invalid', `${file} is JSON, but not an array of objects.`);
}

/** Streams one JSON object a line. */
export async function* readNdjson(
  file: string,
  onBytes: (offset: number) => void = () => {},
): AsyncGenerator<TableRow> {
  let row = 0;
  for await (const { line, bytes, endsAt } of readLines(file)) {
    onBytes(endsAt);
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    if (text.trim() === '') continue;
    row += 1;
    const at = { row, line };
    if (text.length > MAX_ROW_CHARS) {
      const reason = `it is longer than ${MAX_ROW_CHARS.toLocaleString('en')} characters`;
      yield { ...at, reason, raw: text.slice(0, RAW_CHARS) };
    } else if (!isUtf8(bytes)) yield { ...at, reason: NOT_UTF8, raw: text.slice(0, RAW_CHARS) };
    else yield parseLine(text, at);
  }
}

function parseLine(text: string, at: { row: number; line: number }): TableRow {
  try {
    return rowOf(JSON.parse(text), at, () => text);
  } catch (error) {
    return { ...at, reason: `it is not JSON: ${messageOf(error)}`, raw: text.slice(0, RAW_CHARS) };
  }
}

function rowOf(value: unknown, at: { row: number; line: number }, raw: () => string): TableRow {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { ...at, cells: flatten(value) };
  return { ...at, reason: 'it is not a JSON object', raw: raw().slice(0, RAW_CHARS) };
}

/** Lines as bytes, so that broken UTF-8 can be told from a text that holds U+FFFD. Lines too long are cut. */
async function* readLines(file: string): AsyncGenerator<{ line: number; bytes: Buffer; endsAt: number }> {
  let line = 0;
  let offset = 0;
  let rest: Buffer[] = [];
  let held = 0;
  const keep = (part: Buffer): void => {
    // Twice the limit is enough to see that it is passed, whatever the length of a character.
    if (held <= MAX_ROW_CHARS * 4) rest.push(part);
    held += part.length;
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      line += 1;
      yield { line, bytes: Buffer.concat(rest), endsAt: offset + from };
      rest = [];
      held = 0;
    }
    if (from < chunk.length) keep(Buffer.from(chunk.subarray(from)));
    offset += chunk.length;
  }
  if (rest.length > 0) yield { line: line + 1, bytes: Buffer.concat(rest), endsAt: offset };
}
