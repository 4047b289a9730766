import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeOwnKey } from './keys';

it('a key of our own has the strength of 128 bits', async () => {
  const { certificate } = await makeOwnKey(new Date());
  const { publicKey } = new X509Certificate(certificate);
  expect(publicKey.asymmetricKeyType).toBe('rsa');
  expect(publicKey.asymmetricKeyDetails?.modulusLength).toBeGreaterThanOrEqual(3072);
});
