import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, type Standing } from './joining';

const somebody = { personId: 'ana', isRemoved: false };

function standing(given: Partial<Standing> & { email?: string | null; verified?: boolean } = {}): Standing {
  const { email = 'ana@acme.example', verified = true, ...rest } = given;
  return {
    vouched: { subject: '1', email, emailVerified: verified, name: 'Ana', groups: [] },
    known: null,
    provisioned: null,
    verifiedDomains: new Set(['acme.example']),
    joining: 'anyone',
    trustsAddresses: false,
    ...rest,
  };
}

describe('whoever a provider names', () => {
  it('gets in as the person whom the connection, issuer and subject stand for', () => {
    expect(admit(standing({ known: somebody }))).toEqual({ kind: 'known', personId: 'ana' });
    expect(admit(standing({ known: somebody, email: null }))).toEqual({ kind: 'known', personId: 'ana' });
  });

  it('is linked to whom the same connection provisioned, and joins only where anyone may', () => {
    expect(admit(standing({ provisioned: somebody, joining: 'provisioned' }))).toEqual({
      kind: 'linked',
      personId: 'ana',
    });
    expect(admit(standing())).toEqual({ kind: 'joins' });
    expect(admit(standing({ joining: 'provisioned' }))).toMatchObject({ kind: 'refused' });
  });

  it('joins only with a verified address of a verified domain', () => {
    expect(admit(standing({ email: null }))).toMatchObject({ kind: 'refused' });
    expect(admit(standing({ verified: false }))).toMatchObject({ kind: 'refused' });
    expect(admit(standing({ verified: false, trustsAddresses: true }))).toEqual({ kind: 'joins' });
    for (const email of [
      'ana@other.example',
      'ana@acme.example.evil.example',
      'ana@sub.acme.example',
      'acme.example@evil',
    ])
      expect(admit(standing({ email })), email).toMatchObject({ kind: 'refused' });
  });

  it('is refused with an address of another domain, however well known', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (known, provisioned, trustsAddresses) => {
        const given = standing({
          email: 'ana@other.example',
          known: known ? somebody : null,
          provisioned: provisioned ? somebody : null,
          trustsAddresses,
        });
        expect(admit(given).kind).toBe('refused');
      }),
    );
  });

  it('is refused once removed, also where the directory would link them anew', () => {
    const removed = { personId: 'ana', isRemoved: true };
    expect(admit(standing({ known: removed, provisioned: somebody })).kind).toBe('refused');
    expect(admit(standing({ provisioned: removed })).kind).toBe('refused');
  });
});
