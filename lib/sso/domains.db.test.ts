import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aDnsServer, type DnsServer } from '@/lib/testing/dns-server';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { routeOf } from './data/connections';
import { proofOf } from './dns';
import { claimDomain, dropDomain, verifyDomain } from './mutations/domains';
import { tendSignIn } from './mutations/tend';
import { domainSchema, NO_CONNECTION, routedDomainSchema } from './schema';

aTestDatabase();
let dns: DnsServer;

beforeAll(async () => {
  dns = await aDnsServer();
  adoptEnv({ DNS_SERVER: dns.address });
});
afterAll(() => dns.close());

async function claimed(domain = `acme-${newId().slice(-8)}.example`) {
  const clock = aClock();
  const org = await anOrganisation({ clock });
  await claimDomain(org.owner, { domain });
  return { org, clock, domain, proof: await proofIn(org, domain) };
}

async function proofIn({ orgId }: TestOrganisation, domain: string) {
  const row = await inOrg(orgId, (tx) =>
    tx.emailDomain.findUniqueOrThrow({ where: { orgId_domain: { orgId, domain } } }),
  );
  return proofOf(domain, row.challenge);
}

const isRouted = async (domain: string) => (await routeOf(`ana@${domain}`)) !== null;

describe('a domain', () => {
  it('counts for nothing until its proof stands in DNS', async () => {
    const { org, domain, proof } = await claimed();
    expect(await verifyDomain(org.owner, { domain })).toBe(
      `The record ${proof.name} does not say ${proof.value} yet.`,
    );
    dns.say(proof.name, 'gait-verification=of-somebody-else');
    expect(await verifyDomain(org.owner, { domain })).toContain('it says gait-verification=of-somebody-else');
    expect(await isRouted(domain)).toBe(false);
    dns.say(proof.name, proof.value);
    expect(await verifyDomain(org.owner, { domain })).toBe(`${domain} is verified.`);
    expect(await isRouted(domain)).toBe(true);
    await dropDomain(org.owner, { domain });
    expect(await isRouted(domain)).toBe(false);
  });

  it('is looked for every day, and lost when its proof has been missing for three', async () => {
    const { clock, domain, proof } = await claimed();
    dns.say(proof.name, proof.value);
    await tendSignIn(clock);
    expect(await isRouted(domain)).toBe(true);
    dns.say(proof.name, null);
    for (const [day, expected] of [
      [1, true],
      [2, true],
      [3, true],
      [4, false],
    ] as const) {
      clock.moveOn({ days: 1 });
      await tendSignIn(clock);
      expect(await isRouted(domain), `day ${day}`).toBe(expected);
    }
  });

  it('stands while nobody answers, and while its proof comes back in time', async () => {
    const { clock, domain, proof } = await claimed();
    dns.say(proof.name, proof.value);
    await tendSignIn(clock);
    const silent = await aDnsServer();
    await silent.close();
    adoptEnv({ DNS_SERVER: silent.address });
    clock.moveOn({ days: 5 });
    await tendSignIn(clock);
    expect(await isRouted(domain)).toBe(true);
    adoptEnv({ DNS_SERVER: dns.address });
    dns.say(proof.name, null);
    await tendSignIn(clock);
    dns.say(proof.name, proof.value);
    for (let day = 0; day < 5; day += 1) {
      clock.moveOn({ days: 1 });
      await tendSignIn(clock);
    }
    expect(await isRouted(domain)).toBe(true);
  }, 60_000);

  it('is led away from its connection by a choice that the form can send', () => {
    expect(routedDomainSchema.parse({ domain: 'acme.example', connection: NO_CONNECTION })).toEqual({
      domain: 'acme.example',
      connection: null,
    });
    expect(routedDomainSchema.safeParse({ domain: 'acme.example', connection: '' }).success).toBe(false);
  });

  it('of a public mail service is nobody’s to claim', async () => {
    const { owner } = await anOrganisation({ clock: aClock() });
    for (const typed of ['gmail.com', '@GMail.com.', 'outlook.com'])
      await expect(claimDomain(owner, domainSchema.parse({ domain: typed }))).rejects.toMatchObject({
        fields: { domain: [expect.stringContaining('Anybody can have an address')] },
      });
  });

  it('is one organisation’s: whoever proves it first', async () => {
    const first = await claimed();
    const second = await claimed(first.domain);
    dns.say(first.proof.name, first.proof.value);
    await verifyDomain(first.org.owner, { domain: first.domain });
    dns.say(second.proof.name, second.proof.value);
    await expect(verifyDomain(second.org.owner, { domain: first.domain })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await routeOf(`ana@${first.domain}`))?.orgId).toBe(first.org.orgId);
  });
});
