/** The values of a row by column. What the file does not hold is not in it. */
export type Cells = ReadonlyMap<string, string>;

/** One row: readable, or not and why. `row` counts data rows from 1, `line` is its first line in the file. */
export type TableRow = { readonly row: number; readonly line: number } & (
  | { readonly cells: Cells }
  | { readonly reason: string; readonly raw: string }
);

export const FORMATS = ['csv', 'json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** A file of rows. `rows` streams them from the beginning each time; `onBytes` hears how far it has come. */
export type Table = {
  readonly file: string;
  readonly format: Format;
  readonly columns: readonly string[];
  readonly sizeBytes: number;
  rows(onBytes?: (offset: number) => void): AsyncIterable<TableRow>;
};

/** No row is longer than this, in characters: a quote that is never closed would otherwise swallow the file. */
export const MAX_ROW_CHARS = 1_000_000;

/** How much of an unreadable row is kept for the error file, in characters. */
export const RAW_CHARS = 2_000;

export const NOT_UTF8 = 'it holds bytes that are not UTF-8';
