import { createHash, hash } from 'node:crypto';

const LINE_FEED = 0x0a;
const MODULUS = 1n << 64n;

/** What tells one table's rows, as COPY writes them, from others. */
export type RowsDigest = {
  rows: number;
  bytes: number;
  /** Of the bytes in their order. */
  sha256: string;
  /** Of the rows in whatever order: the sum of the first 64 bits of each one's SHA-256, modulo 2^64. No two rows of a table are equal. */
  sum: bigint;
};

/** Takes what COPY writes, cut anywhere: in its text form a row is a line, and a line feed inside a value is written otherwise. */
export function createRowsDigest(): { take(chunk: Buffer): void; end(): RowsDigest } {
  const whole = createHash('sha256');
  let [rows, bytes, sum] = [0, 0, 0n];
  let begun: Buffer[] = [];
  const takeLine = (line: Buffer): void => {
    rows += 1;
    sum = (sum + hash('sha256', line, 'buffer').readBigUInt64BE()) % MODULUS;
  };
  return {
    take: (chunk) => {
      whole.update(chunk);
      bytes += chunk.length;
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        const line = chunk.subarray(start, end);
        takeLine(begun.length === 0 ? line : Buffer.concat([...begun, line]));
        begun = [];
        start = end + 1;
      }
      if (start < chunk.length) begun.push(Buffer.from(chunk.subarray(start)));
    },
    end: () => ({ rows, bytes, sha256: whole.digest('hex'), sum }),
  };
}
