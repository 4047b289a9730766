import type { ChainEntry } from './entry';
import { canonicalText, NO_HASH } from './entry';
import type { CompactRange } from './tree';

/**
 * The lines of an exported record, each the canonical text (RFC 8785) of a JSON object: first a head, then entries and, between
 * them, signed checkpoints, and an end. So every byte of the file is spoken for.
 */
export type HeadLine = {
  readonly gait: 'audit';
  readonly v: 1;
  /** The log's name: the origin of its checkpoints. */
  readonly log: string;
  /** Verifier keys of those who signed. */
  readonly keys: readonly string[];
  /** Where the file begins: after this many entries, which retention has removed. */
  readonly start: { readonly size: number; readonly prev: string; readonly peaks: readonly string[] };
};

export type EndLine = { readonly end: { readonly size: number; readonly hash: string } };

export type AuditLine =
  | HeadLine
  | { readonly entry: ChainEntry; readonly hash: string }
  | { readonly checkpoint: string }
  | EndLine;

export function lineOf(line: AuditLine): string {
  return canonicalText(line as never);
}

/** An entry's line from its canonical text, which is most of it. */
export function entryLine(canonical: string, hash: string): string {
  return `{"entry":${canonical},"hash":"${hash}"}`;
}

export function headLine(log: string, keys: readonly string[], start: CompactRange, prev = NO_HASH): string {
  const peaks = start.peaks.map((peak) => peak.toString('hex'));
  return lineOf({ gait: 'audit', v: 1, log, keys, start: { size: start.size, prev, peaks } });
}
