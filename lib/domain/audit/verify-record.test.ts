import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointText, readCheckpoint } from './checkpoint';
import { headLine, lineOf } from './lines';
import { aRecordFile, aSigner, ORG, type RecordFile } from './testing/record-file';
import { EMPTY_RANGE, treeRoot } from './tree';
import { type AuditReport, type Expectations, verifyRecord } from './verify-record';

const COUNT = 57;
const SIGNER = aSigner();
const FILE = aRecordFile({ count: COUNT, signer: SIGNER });
const KEYS = [SIGNER.verifier];

function verified(text: string | readonly string[], expectations: Expectations = {}): AuditReport {
  const whole = typeof text === 'string' ? text : `${text.join('\n')}\n`;
  const verifier = verifyRecord(expectations);
  const lines = whole.split('\n');
  const rest = lines.pop();
  for (const line of lines) verifier.take(line);
  if (rest) verifier.take(rest);
  return verifier.finish(rest === '');
}

const outsideOf = (file: RecordFile, ...indices: number[]) =>
  indices.flatMap((index) => readCheckpoint(file.notes[index] ?? '') ?? []);

/** The number of the line, from 1, that holds this entry of FILE. */
const lineOfEntry = (seq: number) => FILE.lines.findIndex((line) => line.includes(`"seq":${seq},`)) + 1;

/** FILE from behind entry 20 on, where a checkpoint says that so many losses had been acknowledged. */
function fromTwenty(losses: number): string[] {
  const start = 20;
  const { ranges, lines } = FILE;
  const range = ranges[start] ?? EMPTY_RANGE;
  const last = /"hash":"([0-9a-f]{64})"/.exec(lines[lineOfEntry(start) - 1] ?? '')?.[1] ?? '';
  const note = SIGNER.sign(checkpointText(`gait/${ORG}`, start, treeRoot(range), losses));
  return [
    headLine(`gait/${ORG}`, [SIGNER.verifier.text], range, last),
    lineOf({ checkpoint: note }),
    ...lines.slice(lineOfEntry(start) + 1),
  ];
}

describe('a loss that was acknowledged before the file begins', () => {
  const lost = aRecordFile({ count: 40, signer: SIGNER, change: (seq) => ({ act: `lost.${seq}` }) });
  const outside = outsideOf(lost, 2, 3);

  it('explains checkpoints of longer logs that were signed before it', () => {
    expect(verified(fromTwenty(1), { keys: KEYS, outside })).toMatchObject({
      ok: true,
      outside: { compared: 0, lost: 2 },
    });
  });

  it('is not there unless the checkpoint at which the file begins says so', () => {
    expect(verified(fromTwenty(0), { keys: KEYS, outside }).problem).toMatchObject({ code: 'rewritten' });
  });
});

it('says what cannot be shown by what was at hand', () => {
  const notShown = (expectations: Expectations) => verified(FILE.lines, expectations).notShown;
  expect(notShown({})).toEqual(['cut_off', 'rewritten_with_new_keys']);
  expect(notShown({ keys: KEYS })).toEqual(['cut_off', 'rewritten_with_the_key']);
  expect(notShown({ outside: outsideOf(FILE, 3) })).toEqual(['cut_off']);
});

describe('a record as it was written', () => {
  it('verifies, and the report says how much of it is signed, and by whom', () => {
    expect(verified(FILE.lines)).toMatchObject({
      ok: true,
      log: `gait/${ORG}`,
      entries: COUNT,
      from: 1,
      to: COUNT,
      checkpoints: 6,
      signedTo: COUNT,
      keys: [SIGNER.verifier.text],
      keysFromOutside: false,
      problem: null,
    });
    const report = verified(FILE.lines, { keys: KEYS, outside: outsideOf(FILE, 0, 3) });
    expect(report).toMatchObject({ ok: true, keysFromOutside: true, outside: { compared: 2, older: 0 } });
  });

  it('of any length verifies, with checkpoints at any places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 1, max: 80 }), (count, every) => {
        expect(verified(aRecordFile({ count, every }).lines)).toMatchObject({ ok: true, to: count });
      }),
      { numRuns: 40 },
    );
  });

  it('verifies when it begins at a checkpoint, and only then', () => {
    const start = 20;
    const { ranges, lines } = FILE;
    const last = /"hash":"([0-9a-f]{64})"/.exec(lines[lineOfEntry(start) - 1] ?? '')?.[1] ?? '';
    const head = headLine(`gait/${ORG}`, [SIGNER.verifier.text], ranges[start] ?? EMPTY_RANGE, last);
    const checkpointAndRest = lines.slice(lineOfEntry(start));
    expect(verified([head, ...checkpointAndRest], { outside: outsideOf(FILE, 0, 1, 2) })).toMatchObject({
      ok: true,
      from: 21,
      to: COUNT,
      outside: { compared: 2, older: 1 },
    });
    expect(verified([head, ...checkpointAndRest.slice(1)]).problem).toMatchObject({ code: 'form', line: 2 });
    const other = headLine(
      `gait/${ORG}`,
      [SIGNER.verifier.text],
      ranges[start] ?? EMPTY_RANGE,
      'f'.repeat(64),
    );
    expect(verified([other, ...checkpointAndRest]).problem).toMatchObject({ code: 'broken_link', seq: 21 });
  });
});

describe('what is found, and where', () => {
  it('a changed entry', () => {
    const seq = 33;
    const changed = FILE.lines.map((line, index) =>
      index + 1 === lineOfEntry(seq) ? line.replace('"walk"', '"run"') : line,
    );
    expect(verified(changed).problem).toMatchObject({ code: 'changed', seq, line: lineOfEntry(seq) });
  });

  it('a record without an entry, with two that changed places, and with one twice', () => {
    const at = lineOfEntry(14) - 1;
    const { lines } = FILE;
    const entry = (index: number) => lines[index] ?? '';
    expect(verified(lines.toSpliced(at, 1)).problem).toMatchObject({
      code: 'missing',
      seq: 14,
      line: at + 1,
    });
    expect(verified(lines.toSpliced(at, 2, entry(at + 1), entry(at))).problem).toMatchObject({
      code: 'missing',
      seq: 14,
    });
    expect(verified(lines.toSpliced(at, 0, entry(at))).problem).toMatchObject({
      code: 'out_of_order',
      seq: 15,
    });
  });

  it('a rewritten record, by the first checkpoint of its own that it does not fit', () => {
    const rewritten = aRecordFile({
      count: COUNT,
      signer: SIGNER,
      change: (seq) => (seq === 33 ? { reason: 'Never.' } : {}),
    });
    const forged = FILE.lines.map((line, index) =>
      line.startsWith('{"checkpoint"') ? line : (rewritten.lines[index] ?? ''),
    );
    expect(verified(forged).problem).toMatchObject({
      code: 'rewritten',
      seq: 31,
      message: expect.stringContaining('from entry 31 to 40 was rewritten'),
    });
  });

  it('a record rewritten as a whole and signed anew with the stolen key, by checkpoints from outside', () => {
    const rewritten = aRecordFile({
      count: COUNT,
      signer: SIGNER,
      change: (seq) => (seq === 33 ? { reason: 'Never.' } : {}),
    });
    expect(verified(rewritten.lines, { keys: KEYS })).toMatchObject({ ok: true });
    const { problem } = verified(rewritten.lines, { keys: KEYS, outside: outsideOf(FILE, 1, 4) });
    expect(problem).toMatchObject({ code: 'rewritten', seq: 21, line: lineOfEntry(50) });
    expect(problem?.message).toBe(
      'The record differs from the checkpoint of size 50 from outside: it agrees with the one of size 20, so something from entry 21 to 50 was rewritten.',
    );
  });

  it('a record rewritten and signed with a key of the forger', () => {
    const forger = aSigner('forger');
    const { lines } = aRecordFile({ count: COUNT, signer: forger });
    expect(verified(lines)).toMatchObject({ ok: true, keysFromOutside: false });
    expect(verified(lines, { keys: KEYS }).problem).toMatchObject({ code: 'wrong_key' });
    expect(verified(lines, { outside: outsideOf(FILE, 2) }).problem).toMatchObject({ code: 'wrong_key' });
  });

  it('a record that was cut off, by its missing end, or by a checkpoint from outside', () => {
    expect(verified(FILE.lines.slice(0, 30)).problem).toMatchObject({ code: 'truncated' });
    expect(verified(FILE.lines.join('\n')).problem).toMatchObject({ code: 'truncated' });
    expect(verified('').problem).toMatchObject({ code: 'truncated' });
    const shorter = aRecordFile({ count: 40, signer: SIGNER });
    expect(verified(shorter.lines)).toMatchObject({ ok: true });
    expect(verified(shorter.lines, { outside: outsideOf(FILE, 5) }).problem).toMatchObject({
      code: 'truncated',
      seq: 41,
    });
  });

  it('a forged signature, and an outside checkpoint that nobody signed', () => {
    const note = FILE.notes[2] ?? '';
    const forged = note.replace(/(.{12})(.)(.=\n)$/, (_, a, b, c) => `${a}${b === 'A' ? 'B' : 'A'}${c}`);
    const lines = FILE.lines.map((line) => line.replace(JSON.stringify(note), JSON.stringify(forged)));
    expect(verified(lines).problem?.code).toMatch(/bad_signature|form/);
    expect(verified(FILE.lines, { outside: [readCheckpoint(forged) ?? outsideOf(FILE, 0)].flat() }).ok).toBe(
      false,
    );
  });
});

describe('a thousand random tamperings', () => {
  type Tampering = { text: string; expectations?: Expectations; at?: { line: number; seq?: number } };

  const whole = `${FILE.lines.join('\n')}\n`;
  const bytes = Buffer.from(whole);
  const lineAt = (offset: number) => bytes.subarray(0, offset).toString('latin1').split('\n').length;
  const entryLines = Array.from({ length: COUNT }, (_, index) => lineOfEntry(index + 1) - 1);
  const entryAt = (seq: number) => entryLines[seq - 1] ?? 0;
  const joined = (lines: readonly string[]) => `${lines.join('\n')}\n`;
  const anySeq = fc.integer({ min: 1, max: COUNT });

  const bitFlip = fc
    .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }))
    .map(([offset, bit]): Tampering => {
      const flipped = Buffer.from(bytes);
      flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit);
      return { text: flipped.toString('utf8'), at: { line: lineAt(offset) } };
    });
  const deletion = fc.tuple(anySeq, fc.integer({ min: 1, max: 5 })).map(([seq, count]): Tampering => {
    const gone = new Set(entryLines.slice(seq - 1, seq - 1 + count));
    return {
      text: joined(FILE.lines.filter((_, index) => !gone.has(index))),
      at: { line: entryAt(seq) + 1 },
    };
  });
  const reordering = fc
    .tuple(anySeq, anySeq)
    .filter(([a, b]) => a !== b)
    .map(([a, b]): Tampering => {
      const lines = [...FILE.lines];
      [lines[entryAt(a)], lines[entryAt(b)]] = [lines[entryAt(b)] ?? '', lines[entryAt(a)] ?? ''];
      const first = Math.min(a, b);
      return { text: joined(lines), at: { line: entryAt(first) + 1, seq: first } };
    });
  const truncation = fc.integer({ min: 0, max: bytes.length - 1 }).map((length): Tampering => {
    return { text: bytes.subarray(0, length).toString('utf8') };
  });
  const tidyTruncation = fc.integer({ min: 0, max: COUNT - 1 }).map((count): Tampering => {
    const { lines } = aRecordFile({ count, signer: SIGNER });
    return { text: joined(lines), expectations: { outside: outsideOf(FILE, 5) } };
  });
  const insertion = fc.tuple(anySeq, anySeq).map(([from, to]): Tampering => {
    return {
      text: joined(FILE.lines.toSpliced(entryAt(to), 0, FILE.lines[entryAt(from)] ?? '')),
      at: { line: entryAt(to) + (from === to ? 2 : 1) },
    };
  });
  /** An entry of the forger's own, rightly chained and hashed, put over the true one. */
  const replacement = anySeq.map((seq): Tampering => {
    const { lines } = aRecordFile({
      count: COUNT,
      signer: SIGNER,
      change: (place) => (place === seq ? { act: 'nothing.done' } : {}),
    });
    const forged = FILE.lines.with(entryAt(seq), lines[entryAt(seq)] ?? '');
    // Found at the entry that follows it, or at the checkpoint that does.
    return { text: joined(forged), at: { line: entryAt(seq) + 2 } };
  });
  const rewriting = anySeq.map((seq): Tampering => {
    const { lines } = aRecordFile({
      count: COUNT,
      signer: SIGNER,
      change: (place) => (place === seq ? { act: 'nothing.done' } : {}),
    });
    const index = Math.min(5, Math.ceil(seq / 10) - 1);
    return {
      text: joined(lines),
      expectations: { keys: KEYS, outside: outsideOf(FILE, 0, 1, 2, 3, 4, 5) },
      at: { line: lineOfEntry(Math.min(COUNT, (index + 1) * 10)), seq: index * 10 + 1 },
    };
  });

  it('are all found and located', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          bitFlip,
          deletion,
          reordering,
          truncation,
          tidyTruncation,
          insertion,
          replacement,
          rewriting,
        ),
        ({ text, expectations = {}, at }) => {
          const { ok, problem } = verified(text, expectations);
          expect(ok).toBe(false);
          found += 1;
          if (at === undefined) expect(problem?.line).toBeGreaterThanOrEqual(0);
          else expect({ line: problem?.line, ...(at.seq && { seq: problem?.seq }) }).toEqual(at);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(found).toBe(1_000);
  });
});
