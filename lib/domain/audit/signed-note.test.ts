import { describe, expect, it } from 'vitest';
import { checkpointText, readCheckpoint, readCheckpoints } from './checkpoint';
import { checkNote, readNote, readVerifierKey } from './signed-note';
import { aSigner } from './testing/record-file';

/** The example that implementations of https://c2sp.org/signed-note share. */
const KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
/** The example of https://c2sp.org/tlog-checkpoint, whose key is not published. */
const CHECKPOINT =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';

function verdictOf(note: string, ...keys: string[]) {
  const read = readNote(note);
  if (read === null) return 'no note';
  const verdict = checkNote(
    read,
    keys.map(readVerifierKey).filter((key) => key !== null),
  );
  return typeof verdict === 'string' ? verdict : verdict.by.text;
}

describe('a signed note', () => {
  it('of the specification verifies', () => {
    expect(readVerifierKey(KEY)?.text).toBe(KEY);
    expect(verdictOf(NOTE, KEY)).toBe(KEY);
  });

  it.each([
    ['another text', NOTE.replace('example m', 'Example m'), 'forged'],
    ['another signature', NOTE.replace('QOkn8', 'QOkn9'), 'forged'],
    ['another name', NOTE.replace('com/foo', 'com/bar'), 'unknown'],
    ['another key id', NOTE.replace('Uw2Q', 'Uw2R'), 'unknown'],
    ['no signature', 'This is an example message.\n\n', 'no note'],
    ['a hyphen for the dash', NOTE.replace('—', '-'), 'no note'],
    ['loose base64', NOTE.replace('aQM=', 'aQN='), 'no note'],
    ['a control character', NOTE.replace('an ', 'an\t'), 'no note'],
    ['nothing after it', NOTE.slice(0, -1), 'no note'],
  ])('with %s does not', (_, note, verdict) => {
    expect(verdictOf(note, KEY)).toBe(verdict);
  });

  it('signed by others as well verifies; signed wrongly in our name as well it does not', () => {
    const [mine, other] = [aSigner('mine'), aSigner('other', '0190a000-0000-7000-8000-000000000002')];
    const text = 'a\n\nb\n';
    const both = `${mine.sign(text)}${other.sign(text).split('\n\n').at(-1)}`;
    expect(verdictOf(both, mine.verifier.text)).toBe(mine.verifier.text);
    const forged = `${both}${mine.sign('c\n').split('\n\n').at(-1)}`;
    expect(verdictOf(forged, mine.verifier.text)).toBe('forged');
    expect(verdictOf(mine.sign(text), aSigner('mine too').verifier.text)).toBe('unknown');
  });

  it.each([
    KEY.replace('530d903a', '530d903b'),
    KEY.replace('foo', 'fop'),
    KEY.replace('+Ae', '+Be'),
    `${KEY}=`,
    KEY.slice(0, -1),
    'a b+00000000+AA==',
    '',
  ])('has no key %s', (key) => {
    expect(readVerifierKey(key)).toBeNull();
  });
});

describe('a checkpoint', () => {
  it('of the specification is read', () => {
    expect(readCheckpoint(CHECKPOINT)).toMatchObject({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
    });
  });

  it.each([
    ['a size with a zero before it', CHECKPOINT.replace('20852163', '020852163')],
    ['half a root', CHECKPOINT.replace('CsUYapGGPo4dkMgIAUqom/', '')],
    ['no root', 'a\n1\n\n— a AAAAAAA=\n'],
  ])('with %s is none', (_, note) => {
    expect(readCheckpoint(note)).toBeNull();
  });

  it('stands among others in a file, with or without lines between', () => {
    const signer = aSigner();
    const notes = [1, 20, 300].map((size) =>
      signer.sign(checkpointText('gait/x', size, Buffer.alloc(32, size))),
    );
    for (const text of [
      notes.join(''),
      notes.join('\n'),
      `\n\n${notes.join('\n\n')}`,
      notes.join('').replaceAll('\n', '\r\n'),
    ])
      expect(readCheckpoints(text).map(({ size, note }) => [size, notes.includes(note)])).toEqual([
        [1, true],
        [20, true],
        [300, true],
      ]);
  });
});
