import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { missingInWords } from '@/lib/domain/audit/alarm';
import { type Checkpoint, readCheckpoints } from '@/lib/domain/audit/checkpoint';
import { readVerifierKey, type VerifierKey } from '@/lib/domain/audit/signed-note';
import { type AuditReport, verifyRecord } from '@/lib/domain/audit/verify-record';
import { lowerFirst } from '@/lib/domain/lane/words';
import { plural } from '@/lib/domain/plural';
import { cannotRead } from '@/lib/importing/tables/cannot-read';
import { AppError } from '@/lib/platform/errors';

/** @param keyTexts verifier keys; none: those of the file are taken */
export async function verifyFile(
  file: string,
  checkpointFiles: readonly string[],
  keyTexts: readonly string[],
): Promise<AuditReport> {
  const keys = keyTexts.map(keyOf);
  const kept = (await Promise.all(checkpointFiles.map(checkpointsIn))).flat();
  const log = await originIn(file);
  const outside = kept.filter(({ origin }) => origin === log);
  if (kept.length > 0 && outside.length === 0 && log !== null)
    throw new AppError('bad_request', `None of the checkpoints is one of ${log}, which ${file} says it is.`);
  const verifier = verifyRecord({ keys, outside });
  let isWhole = true;
  try {
    for await (const { lines, ended } of linesOf(file)) {
      isWhole = ended;
      if (lines.some((line) => verifier.take(line) !== null)) break;
    }
  } catch (error) {
    throw cannotRead(file, error);
  }
  return verifier.finish(isWhole);
}

/** Little enough that what is read does not outlive the youngest generation of the garbage collector. */
const READ_BYTES = 1 << 17;

/**
 * The lines of a file, as many at a time as are read at a time. They end in a line feed and nothing else: what any other reader
 * would overlook is part of the line here.
 */
async function* linesOf(file: string): AsyncGenerator<{ lines: string[]; ended: boolean }> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: string[] = [];
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      lines.push(bytes.toString('utf8', from, end));
      from = end + 1;
    }
    rest = bytes.subarray(from);
    yield { lines, ended: true };
  }
  if (rest.length > 0) yield { lines: [rest.toString('utf8')], ended: false };
}

/** The log that the first line names, whether rightly or not; null when it names none. */
async function originIn(file: string): Promise<string | null> {
  try {
    for await (const { lines } of linesOf(file)) return /"log":"([^"\\]+)"/.exec(lines[0] ?? '')?.[1] ?? null;
  } catch (error) {
    throw cannotRead(file, error);
  }
  return null;
}

function keyOf(text: string): VerifierKey {
  const key = readVerifierKey(text.trim());
  if (key === null)
    throw new AppError('bad_request', `${text} is no verifier key: one looks like gait/…+0123abcd+AQ….`);
  return key;
}

async function checkpointsIn(file: string): Promise<Checkpoint[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  const checkpoints = readCheckpoints(text);
  if (checkpoints.length === 0)
    throw new AppError(
      'bad_request',
      `${file} holds no signed checkpoint (https://c2sp.org/tlog-checkpoint).`,
    );
  return checkpoints;
}

/** What the report says, for people. */
export function sentencesOf(file: string, report: AuditReport): string[] {
  const { ok, problem, entries, from, to, signedTo, checkpoints, keysFromOutside, keys } = report;
  if (!ok && problem) return [`${file}, line ${problem.line}: ${problem.message}`];
  const span = entries === 1 ? `entry ${to}` : `entries ${from} to ${to}`;
  const range = entries === 0 ? 'no entries' : `${span}, none missing, none changed`;
  const signed =
    signedTo === 0
      ? 'No signature covers them.'
      : `Signed up to entry ${signedTo}; ${plural(checkpoints, 'checkpoint')} checked.`;
  return [
    `${file}: ${range}. ${signed}`,
    ...report.losses.map(
      ({ agreedUpTo, signedUpTo }) =>
        `The log itself says that somebody acknowledged a loss: ${lowerFirst(missingInWords(agreedUpTo, signedUpTo))}`,
    ),
    ...outsideSentences(report),
    ...(keysFromOutside
      ? []
      : [
          `The keys are those that the file names itself; compare them with what you know, or give --key: ${keys.join(' ') || 'none'}`,
        ]),
    notShownSentence(report),
  ];
}

function outsideSentences({ outside }: AuditReport): string[] {
  const { compared, upTo, lost, older } = outside;
  if (compared + lost + older === 0) return [];
  const before =
    older > 0 ? `; ${older} from before the file begins ${older === 1 ? 'was' : 'were'} not compared` : '';
  const gone = lost > 0 ? `; ${lost} of the lost entries ${lost === 1 ? 'was' : 'were'} left out` : '';
  const reach = compared > 0 ? `, up to entry ${upTo}` : '';
  return [`It agrees with ${plural(compared, 'checkpoint')} from outside${reach}${before}${gone}.`];
}

/** What may have happened all the same: said plainly, so that nobody takes the answer for more than it is. */
function notShownSentence({ notShown, outside, to }: AuditReport): string {
  if (outside.compared > 0)
    return outside.upTo < to
      ? `Not shown: whether entries after entry ${outside.upTo} were rewritten or cut off; the latest checkpoint from outside ends there.`
      : `Not shown: whether the log went on after entry ${to} and was cut off; give the newest checkpoint that you keep.`;
  const rewritten = notShown.includes('rewritten_with_new_keys')
    ? 'whether somebody rewrote the whole log and signed it with new keys'
    : 'whether whoever holds the signing key rewrote the log';
  return `Not shown: whether later entries were cut off tidily, together with their checkpoints; and ${rewritten}. A checkpoint kept elsewhere shows both, up to its entry: give it with --checkpoint.`;
}
