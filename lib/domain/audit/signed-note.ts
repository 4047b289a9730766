import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** Who signs, by name and public key: `name+hex8+base64(0x01 ‖ key)`, as https://c2sp.org/signed-note and Go's sumdb write it. */
export type VerifierKey = {
  readonly text: string;
  readonly name: string;
  /** The first four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ key), in hex. */
  readonly id: string;
  readonly key: KeyObject;
};

export type SignedNote = {
  /** With the line feed at its end: what is signed. */
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly signature: Buffer }[];
};

const ED25519 = 1;
const KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;
const BLANK = 0x20;
const LINE_FEED = 0x0a;

/** @param publicKey 32 bytes, RFC 8032 */
export function verifierKey(name: string, publicKey: Buffer): VerifierKey {
  const typed = Buffer.concat([Buffer.from([ED25519]), publicKey]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'buffer')
    .subarray(0, 4)
    .toString('hex');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return { text: `${name}+${id}+${typed.toString('base64')}`, name, id, key };
}

/** Reads a verifier key; null when it is none, or its id is not that of its key. */
export function readVerifierKey(text: string): VerifierKey | null {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const typed = bytesOf(encoded);
  if (!name || typed?.length !== KEY_LENGTH + 1 || typed[0] !== ED25519) return null;
  const read = verifierKey(name, typed.subarray(1));
  return read.id === id && read.text === text ? read : null;
}

/** Signs a text that ends in a line feed: text, empty line, `— name base64(id ‖ signature)`. Ed25519, so always the same bytes. */
export function signNote(text: string, signer: VerifierKey, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(text), privateKey);
  const signed = Buffer.concat([Buffer.from(signer.id, 'hex'), signature]).toString('base64');
  return `${text}\n— ${signer.name} ${signed}\n`;
}

/** Takes a note apart without believing any of it; null when it has not the form of one. */
export function readNote(note: string): SignedNote | null {
  const end = note.lastIndexOf('\n\n');
  if (end === -1 || !note.endsWith('\n') || hasControls(note)) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = bytesOf(encoded);
    if (!name || !bytes || bytes.length <= 4) return null;
    return { name, id: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) };
  });
  const whole = signatures.filter((signature) => signature !== null);
  return whole.length === lines.length ? { text: note.slice(0, end + 1), signatures: whole } : null;
}

function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < BLANK && code !== LINE_FEED) return true;
  }
  return false;
}

/** `unknown` = signed by none of the keys; `forged` = a signature in the name of one of them does not hold. */
export type NoteVerdict = { readonly by: VerifierKey } | 'unknown' | 'forged';

/** One signature of a known key must hold, and none of a known key may fail; others are ignored, as the specification asks. */
export function checkNote({ text, signatures }: SignedNote, keys: readonly VerifierKey[]): NoteVerdict {
  let by: VerifierKey | undefined;
  for (const { name, id, signature } of signatures) {
    const known = keys.find((key) => key.name === name && key.id === id);
    if (known === undefined) continue;
    const holds =
      signature.length === SIGNATURE_LENGTH && verify(null, Buffer.from(text), known.key, signature);
    if (!holds) return 'forged';
    by = known;
  }
  return by === undefined ? 'unknown' : { by };
}

/** Base64 with nothing left to chance: what does not come out the same is none. */
export function bytesOf(encoded: string | undefined): Buffer | null {
  if (encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded ? bytes : null;
}
