import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import { messageOf } from '@/lib/platform/errors';
import { MAX_ROW_CHARS } from './table';

/** A record, and how many bytes and lines from where parsing began its end lies. */
export type CsvRecord = {
  readonly values: readonly string[];
  readonly bytes: number;
  readonly lines: number;
};

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'a quote is never closed, or something other than a separator follows a closing one',
  INVALID_OPENING_QUOTE: 'a quote stands inside a value that does not begin with one',
  CSV_MAX_RECORD_SIZE: `it is longer than ${MAX_ROW_CHARS.toLocaleString('en')} characters, or a quote is never closed`,
};

/** What the parser met, in words. */
export function whyUnparsable(error: unknown): string {
  return (error instanceof CsvError && REASONS[error.code]) || messageOf(error);
}

const OPTIONS = {
  max_record_size: MAX_ROW_CHARS,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
} as const satisfies Options;

/**
 * Parses a file from a byte onwards. @returns why it could not be parsed to its end, or null.
 * Records are taken as the parser finds them and not from its stream, which drops those before an error.
 */
export async function* parseCsv(
  file: string,
  start: number,
  delimiter: string,
): AsyncGenerator<CsvRecord, string | null> {
  let found: CsvRecord[] = [];
  let failure: Error | undefined;
  const take = (): CsvRecord[] => {
    const taken = found;
    found = [];
    return taken;
  };
  const parser = parse({
    ...OPTIONS,
    delimiter,
    on_record: (values: string[], { bytes, lines }: { bytes: number; lines: number }) => {
      found.push({ values, bytes, lines });
      return null;
    },
  });
  parser.on('error', (error) => {
    failure = error;
  });
  parser.resume();
  for await (const chunk of createReadStream(file, { start }) as AsyncIterable<Buffer>) {
    parser.write(chunk);
    // The parser works as it is written to, but reports errors a moment later.
    await new Promise(setImmediate);
    yield* take();
    if (failure) break;
  }
  if (!failure) {
    parser.end();
    await finished(parser).catch(() => {});
    yield* take();
  }
  if (!failure) return null;
  if (failure instanceof CsvError) return whyUnparsable(failure);
  throw failure;
}
