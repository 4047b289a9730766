import fc from 'fast-check';
import { expect, it } from 'vitest';
import { presentedToken } from './bearer';
import { createSecret, readSecret, type SecretKind } from './secret';

const kinds: SecretKind[] = ['token', 'session', 'link'];
const kind = fc.constantFrom(...kinds);

it('names its organisation, and is found by the hash it was made with', () => {
  fc.assert(
    fc.property(kind, fc.uuid(), (one, orgId) => {
      const { secret, hash } = createSecret(one, orgId);
      expect(readSecret(one, secret)).toEqual({ orgId, hash });
    }),
  );
});

it('is of one kind: a sign-in link is no session, and a session no token', () => {
  for (const made of kinds) {
    const { secret } = createSecret(made, '0198a5a0-0000-7000-8000-000000000000');
    for (const asked of kinds)
      expect(readSecret(asked, secret) !== null, `${made} as ${asked}`).toBe(made === asked);
  }
});

it('with one character changed, left out or added is none of ours', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.nat(), fc.constantFrom(...'aZ09-_ é\u0000'), (orgId, place, letter) => {
      const { secret } = createSecret('token', orgId);
      const at = place % secret.length;
      const changed = secret.slice(0, at) + letter + secret.slice(at + 1);
      if (changed !== secret) expect(readSecret('token', changed)).toBeNull();
      expect(readSecret('token', secret.slice(0, at) + secret.slice(at + 1))).toBeNull();
      expect(readSecret('token', secret.slice(0, at) + letter + secret.slice(at))).toBeNull();
    }),
    { numRuns: 500 },
  );
});

it('takes any text without an error', () => {
  fc.assert(
    fc.property(
      kind,
      fc.string({ unit: 'binary', maxLength: 200 }),
      (one, text) => readSecret(one, text) === null,
    ),
  );
});

it('shows so little that nobody can guess the rest', () => {
  const { secret, shownPrefix } = createSecret('token', '0198a5a0-0000-7000-8000-000000000000');
  expect(shownPrefix).toBe(`gait_…${secret.slice(-6)}`);
});

it('is read from the header, whatever the case of its first word, and from nowhere else', () => {
  const orgId = '0198a5a0-0000-7000-8000-000000000000';
  const { secret, hash } = createSecret('token', orgId);
  const given = (authorization?: string) =>
    presentedToken({ header: (name) => (name === 'authorization' ? (authorization ?? null) : secret) });
  expect(given(`Bearer ${secret}`)).toEqual({ orgId, hash });
  expect(given(`bearer   ${secret}`)).toEqual({ orgId, hash });
  for (const bad of [
    undefined,
    secret,
    `Basic ${secret}`,
    `Bearer ${secret} x`,
    `Bearer ${createSecret('session', orgId).secret}`,
  ]) {
    expect(() => given(bad), String(bad)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
  }
});
