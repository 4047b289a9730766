/** Where a head of the log is known from. */
export type KnownPlace = 'file' | 'webhook' | 'database' | 'memory' | 'folder' | 'verification';

/** What is wrong: entries that are known are missing, others stand in their place, or the log does not verify in itself. */
export type AlarmCode = 'shorter' | 'differs' | 'unverified';

export type Alarm = {
  readonly code: AlarmCode;
  readonly place: KnownPlace;
  /** The largest size that is known to have been signed or verified. */
  readonly knownSize: number;
  /** The last size at which the log agrees with what is known. */
  readonly agreedSize: number;
  /** How long the log was when this was found. */
  readonly headSize: number;
  /** What the verifier said, of `unverified`. */
  readonly problem: string | null;
};

const PROOFS: Readonly<Record<KnownPlace, (size: string) => string>> = {
  file: (size) => `The checkpoint file holds a signed checkpoint of entry ${size}`,
  webhook: (size) => `The webhook has taken the checkpoint of entry ${size}`,
  database: (size) => `The database notes that entry ${size} was signed`,
  memory: (size) => `This server has signed entry ${size} since it started`,
  folder: (size) => `The data folder holds a signed checkpoint of entry ${size}`,
  verification: (size) => `The log was verified up to entry ${size} before`,
};

const count = (value: number) => value.toLocaleString('en-GB');

/** A name for what is wrong, as a heading. */
export function alarmTitle({ code }: Pick<Alarm, 'code'>): string {
  switch (code) {
    case 'shorter':
      return 'The end of the audit log is missing';
    case 'differs':
      return 'The audit log was rewritten';
    case 'unverified':
      return 'The audit log does not verify';
    default:
      return code satisfies never;
  }
}

/** What is wrong and how that is known, in one or two sentences. */
export function explainAlarm(alarm: Alarm): string {
  const { code, place, knownSize, agreedSize, headSize, problem } = alarm;
  if (code === 'unverified') return problem ?? '';
  const proof = PROOFS[place](count(knownSize));
  const found =
    code === 'shorter'
      ? `but the log ended with entry ${count(headSize)}`
      : 'but the log holds other entries than were signed';
  return `${proof}, ${found}. ${missingInWords(agreedSize, knownSize)}`;
}

/** Which entries are not what was signed, as a sentence. */
export function missingInWords(agreedUpTo: number, signedUpTo: number): string {
  const first = agreedUpTo + 1;
  if (first >= signedUpTo) return `Entry ${count(signedUpTo)} is missing or was replaced.`;
  const joined = first + 1 === signedUpTo ? 'and' : 'to';
  return `Entries ${count(first)} ${joined} ${count(signedUpTo)} are missing or were replaced.`;
}
