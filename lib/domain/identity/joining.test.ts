import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, connect, type Self, type Standing } from './joining';

const somebody = { personId: 'ana', isRemoved: false };

function standing(given: Partial<Standing> & { email?: string | null; verified?: boolean } = {}): Standing {
  const { email = 'ana@acme.example', verified = true, ...rest } = given;
  return {
    vouched: { subject: '1', email, emailVerified: verified, name: 'Ana', groups: [] },
    known: null,
    provisioned: null,
    isInvited: false,
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

  it('joins by an invitation of their verified address, whoever else may join', () => {
    for (const joining of ['anyone', 'provisioned'] as const) {
      const invited = { isInvited: true, joining };
      expect(admit(standing(invited))).toEqual({ kind: 'invited' });
      expect(admit(standing({ ...invited, verified: false, trustsAddresses: true }))).toEqual({
        kind: 'invited',
      });
      expect(admit(standing({ ...invited, verified: false }))).toEqual({
        kind: 'refused',
        reason: 'The provider does not say that ana@acme.example is verified.',
      });
      expect(admit(standing({ ...invited, email: 'ana@other.example' })).kind).toBe('refused');
      expect(admit(standing({ ...invited, known: somebody })).kind).toBe('known');
      expect(admit(standing({ ...invited, known: { ...somebody, isRemoved: true } })).kind).toBe('refused');
      expect(admit(standing({ ...invited, provisioned: somebody })).kind).toBe('linked');
    }
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

describe('somebody signed in who connects a provider', () => {
  const ana: Self = { personId: 'ana', email: 'Ana@Acme.example', isAddressTaken: false };
  const linked = { kind: 'linked', personId: 'ana' };

  it('is linked where the provider vouches for their own address, whoever else may join', () => {
    expect(connect(standing({ joining: 'provisioned' }), ana)).toEqual(linked);
    expect(connect(standing({ verified: false, trustsAddresses: true }), ana)).toEqual(linked);
    expect(connect(standing({ known: somebody }), ana)).toEqual({ kind: 'known', personId: 'ana' });
    expect(connect(standing({ provisioned: somebody }), ana)).toEqual(linked);
  });

  it('is refused for another address, an unverified one, one elsewhere, and none', () => {
    for (const given of [
      { email: 'ben@acme.example' },
      { verified: false },
      { email: null },
      { email: 'ana@other.example' },
      { verifiedDomains: new Set<string>() },
    ])
      expect(connect(standing(given), ana).kind, JSON.stringify(given)).toBe('refused');
  });

  it('takes no sign-in that is somebody else’s, but one of a person who was removed', () => {
    const ben = { personId: 'ben', isRemoved: false };
    expect(connect(standing({ known: ben }), ana).kind).toBe('refused');
    expect(connect(standing({ known: { ...ben, isRemoved: true } }), ana)).toEqual(linked);
    expect(connect(standing({ provisioned: ben }), ana).kind).toBe('refused');
    expect(connect(standing({ provisioned: { ...ben, isRemoved: true } }), ana).kind).toBe('refused');
    expect(connect(standing({ provisioned: { ...somebody, isRemoved: true } }), ana).kind).toBe('refused');
  });

  it('is refused with an address that they have just given, and that is somebody else’s', () => {
    expect(connect(standing(), { ...ana, isAddressTaken: true }).kind).toBe('refused');
  });

  it('is never taken for anybody else, whatever is known of them', () => {
    const person = fc.option(fc.record({ personId: fc.constantFrom('ana', 'ben'), isRemoved: fc.boolean() }));
    const some = fc.constantFrom('ana@acme.example', 'ben@acme.example', 'ana@other.example');
    fc.assert(
      fc.property(
        person,
        person,
        fc.option(some),
        some,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (known, provisioned, email, own, verified, isInvited, isAddressTaken) => {
          const self = { personId: 'ana', email: own, isAddressTaken };
          const admission = connect(standing({ known, provisioned, email, verified, isInvited }), self);
          if (admission.kind === 'refused') return;
          expect(admission).toMatchObject({ personId: 'ana' });
          if (admission.kind === 'linked') expect([email, isAddressTaken]).toEqual([own, false]);
        },
      ),
    );
  });
});
