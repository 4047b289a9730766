import type { Columns, TableKind } from './fields';
import type { Settings } from './read-pull-request';
import type { Table } from './tables/table';

/** A table whose columns are settled. */
export type Source<K extends TableKind> = { readonly table: Table; readonly columns: Columns<K> };

/** Tables that belong together. Without one of pull requests, the reviews name theirs by repository and number. */
export type Dataset = {
  readonly pullRequests: Source<'pullRequests'> | undefined;
  readonly reviews: Source<'reviews'> | undefined;
  readonly timeline: Source<'timeline'> | undefined;
  readonly settings: Settings;
};

/** What became of a row that did not go in. `orphan`: its pull request is not in the table. */
export type Leftover = {
  readonly outcome: 'refused' | 'orphan';
  readonly file: string;
  /** Data rows count from 1. */
  readonly row: number;
  readonly line: number;
  readonly reasons: readonly string[];
  /** The row as it was read, or its raw text where it could not be. */
  readonly content: Readonly<Record<string, string>> | string;
};
