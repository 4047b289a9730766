import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A value that JSON carries exactly. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One deed as the chain holds it. What is absent is left out, never null. */
export type ChainEntry = {
  readonly v: 1;
  /** The organisation's id. */
  readonly org: string;
  /** From 1, without gaps. */
  readonly seq: number;
  /** The hash of the entry before, in hex; `NO_HASH` for the first. */
  readonly prev: string;
  readonly id: string;
  /** RFC 3339, UTC, to the millisecond. */
  readonly at: string;
  readonly actor: Json;
  readonly act: string;
  readonly target: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly reason?: string;
  readonly requestId?: string;
  readonly policyVersion?: number;
};

/** What the first entry names as the hash before it: 32 bytes of zero, in hex. */
export const NO_HASH = '0'.repeat(64);

/** The one text of a value: RFC 8785 (JSON Canonicalization Scheme). @throws on a lone surrogate, which no UTF-8 holds */
export function canonicalText(value: Json | ChainEntry): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('Only JSON has a canonical text.');
  return text;
}

/**
 * The hash of an entry: SHA-256(0x00 ‖ canonical text in UTF-8), 32 bytes. That is the leaf hash of RFC 6962 §2.1, so the
 * chain's links and the leaves of the Merkle tree are the same values.
 */
export function leafHash(canonical: string): Buffer {
  return hash('sha256', `\u0000${canonical}`, 'buffer');
}

/**
 * A value as JSON will give it back: `undefined` is dropped, dates are texts. A lone surrogate becomes U+FFFD and NUL a blank,
 * since PostgreSQL stores neither, and what is hashed must be what is stored.
 */
export function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? storableText(part) : part,
  );
}

/** A text as PostgreSQL can hold it. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', ' ');
}
