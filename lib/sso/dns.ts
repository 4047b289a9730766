import { Resolver } from 'node:dns/promises';
import { env } from '@/lib/platform/env';
import { systemCode } from '@/lib/platform/errors';

const TIMEOUT_MS = 4_000;

/** Where the proof of a domain stands, and what it must say. */
export const proofOf = (domain: string, challenge: string) => ({
  name: `_gait.${domain}`,
  value: `gait-verification=${challenge}`,
});

export type Proof = { state: 'there' } | { state: 'unknown' } | { state: 'missing'; found: string[] };

/** Whether the proof stands in DNS; `unknown` when nobody answered, which proves nothing either way. */
export async function checkProof(domain: string, challenge: string): Promise<Proof> {
  const { name, value } = proofOf(domain, challenge);
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
  const { DNS_SERVER } = env();
  if (DNS_SERVER) resolver.setServers([DNS_SERVER]);
  try {
    const found = (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
    return found.includes(value) ? { state: 'there' } : { state: 'missing', found: found.slice(0, 5) };
  } catch (error) {
    const isNone = ['ENOTFOUND', 'ENODATA', 'NXDOMAIN'].includes(systemCode(error) ?? '');
    return isNone ? { state: 'missing', found: [] } : { state: 'unknown' };
  }
}
