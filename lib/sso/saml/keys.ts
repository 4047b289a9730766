import { generate } from 'selfsigned';

const YEAR_MS = 365 * 24 * 60 * 60_000;
const LIFE_YEARS = 3;

/** A key of Gait's own, and the certificate that tells it to a provider; both as PEM. */
export type OwnKey = { privateKey: string; certificate: string };

/** Makes an RSA key with a self-signed certificate: what is believed is the metadata that holds it, so nobody else need sign it. */
export async function makeOwnKey(now: Date): Promise<OwnKey> {
  const { private: privateKey, cert } = await generate([{ name: 'commonName', value: 'Gait' }], {
    keySize: 3072,
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: new Date(now.getTime() + LIFE_YEARS * YEAR_MS),
    extensions: [{ name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true }],
  });
  return { privateKey, certificate: cert };
}
