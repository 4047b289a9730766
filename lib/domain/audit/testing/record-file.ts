import { createPrivateKey, createPublicKey, hash } from 'node:crypto';
import { checkpointText, originOf } from '../checkpoint';
import { type ChainEntry, canonicalText, leafHash, NO_HASH } from '../entry';
import { entryLine, headLine, lineOf } from '../lines';
import { signNote, type VerifierKey, verifierKey } from '../signed-note';
import { appendLeaf, type CompactRange, EMPTY_RANGE, treeRoot } from '../tree';

export const ORG = '0190a000-0000-7000-8000-000000000001';

export type Signer = { verifier: VerifierKey; sign(text: string): string };

/** A signer whose key follows from a word, so that tests repeat. */
export function aSigner(word = 'ours', org = ORG): Signer {
  const seed = hash('sha256', word, 'buffer');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const verifier = verifierKey(originOf(org), Buffer.from(x, 'base64url'));
  return { verifier, sign: (text) => signNote(text, verifier, privateKey) };
}

/** An entry as verbs write them, with what differs from one to the next. */
export function anEntry(seq: number, prev: string, more: Partial<ChainEntry> = {}): ChainEntry {
  return {
    v: 1,
    org: ORG,
    seq,
    prev,
    id: `0190a000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    at: new Date(Date.UTC(2026, 0, 1) + seq * 60_000).toISOString(),
    actor: {
      kind: 'user',
      personId: 'p1',
      name: 'Ölga Owner',
      role: 'owner',
      sessionId: 's1',
      via: 'one-time link',
    },
    act: seq % 3 === 0 ? 'token.revoked' : 'recommendation.accepted',
    target: `lane:payments/${seq}`,
    before: { gear: 'crawl' },
    after: { gear: 'walk', evidence: { matured: seq, level: 0.875 } },
    reason: `It is time, for the ${seq}th time: “go”.`,
    requestId: 'r1',
    policyVersion: 1,
    ...more,
  };
}

export type RecordFile = { lines: string[]; notes: string[]; ranges: CompactRange[]; last: string };

type Options = {
  count: number;
  signer?: Signer;
  /** A checkpoint after every so many entries, and after the last. */
  every?: number;
  /** Changes entries before they are chained: a record that was rewritten as a whole. */
  change?: (seq: number) => Partial<ChainEntry>;
};

/** A record from its first entry, as the export writes it. */
export function aRecordFile({
  count,
  signer = aSigner(),
  every = 10,
  change = () => ({}),
}: Options): RecordFile {
  const lines = [headLine(originOf(ORG), [signer.verifier.text], EMPTY_RANGE)];
  const notes: string[] = [];
  const ranges: CompactRange[] = [EMPTY_RANGE];
  let range = EMPTY_RANGE;
  let last = NO_HASH;
  for (let seq = 1; seq <= count; seq += 1) {
    const canonical = canonicalText(anEntry(seq, last, change(seq)));
    const leaf = leafHash(canonical);
    last = leaf.toString('hex');
    range = appendLeaf(range, leaf);
    ranges.push(range);
    lines.push(entryLine(canonical, last));
    if (seq % every !== 0 && seq !== count) continue;
    const note = signer.sign(checkpointText(originOf(ORG), seq, treeRoot(range)));
    notes.push(note);
    lines.push(lineOf({ checkpoint: note }));
  }
  lines.push(lineOf({ end: { size: count, hash: last } }));
  return { lines, notes, ranges, last };
}
