import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAIM_PRESETS, domainOf, readClaims } from './claims';

const { standard, entra } = CLAIM_PRESETS;

/** As the providers' documentation shows the claims of an ID token, with invented values. */
const shapes = {
  entra: {
    sub: 'pairwise-AAAA',
    oid: '6f1b…-person',
    tid: 'tenant',
    name: 'Ana Silva',
    preferred_username: 'ana@acme.example',
    email: 'Ana@Acme.example',
    xms_edov: '1',
    groups: ['0b2f-payments', '77aa-search'],
  },
  okta: {
    sub: '00u1',
    name: 'Ana Silva',
    email: 'ana@acme.example',
    email_verified: true,
    groups: ['Everyone', 'payments-leads'],
  },
  google: {
    sub: '1099',
    hd: 'acme.example',
    email: 'ana@acme.example',
    email_verified: true,
    given_name: 'Ana',
    family_name: 'Silva',
  },
  keycloak: {
    sub: 'f:1:ana',
    email: 'ana@acme.example',
    email_verified: true,
    preferred_username: 'ana',
    groups: ['/payments/leads', '/search'],
    realm_access: { roles: ['gait-admin'] },
  },
};

describe('claims as providers shape them', () => {
  it('of Entra: the person is the object id, and a domain-owner-verified address is verified', () => {
    expect(readClaims(shapes.entra, entra)).toEqual({
      ok: true,
      person: {
        subject: '6f1b…-person',
        email: 'ana@acme.example',
        emailVerified: true,
        name: 'Ana Silva',
        groups: ['0b2f-payments', '77aa-search'],
      },
      notes: [],
    });
    const { xms_edov: _, ...unverified } = shapes.entra;
    expect(readClaims(unverified, entra)).toMatchObject({ person: { emailVerified: false } });
  });

  it('of Entra with too many groups: none were sent, and the note says what to do', () => {
    const { groups: _, ...rest } = shapes.entra;
    const read = readClaims({ ...rest, _claim_names: { groups: 'src1' } }, entra);
    expect(read.ok && read.notes).toEqual([
      'No claim “groups” was sent: groups give nothing.',
      'The provider left the groups out because there are too many: let it send only those assigned to Gait.',
    ]);
  });

  it('of Okta, Google and Keycloak', () => {
    expect(readClaims(shapes.okta, standard)).toMatchObject({
      person: { subject: '00u1', emailVerified: true, groups: ['Everyone', 'payments-leads'] },
    });
    expect(readClaims(shapes.google, standard)).toMatchObject({
      person: { subject: '1099', name: 'Ana Silva', groups: [] },
      notes: ['No claim “groups” was sent: groups give nothing.'],
    });
    expect(readClaims(shapes.keycloak, standard)).toMatchObject({
      person: { name: 'ana', groups: ['payments/leads', 'search'] },
    });
    expect(readClaims(shapes.keycloak, { ...standard, groups: 'realm_access.roles' })).toMatchObject({
      person: { groups: ['gait-admin'] },
    });
  });

  it('of SAML: attributes whose names are addresses, with lists of one', () => {
    const name = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';
    const read = readClaims(
      { nameID: ['ana'], [name]: ['ana@acme.example'] },
      { ...standard, subject: 'nameID', email: name },
    );
    expect(read).toMatchObject({ ok: true, person: { subject: 'ana', email: 'ana@acme.example' } });
  });
});

describe('claims of any kind', () => {
  it('without a subject name nobody', () => {
    for (const sub of [undefined, '', '  ', 7, ['a', 'b'], {}, 'a\u0000b'])
      expect(readClaims({ sub, email: 'ana@acme.example' }, standard)).toMatchObject({ ok: false });
  });

  it('an address is verified only where the provider says so, and only if it is one', () => {
    for (const email_verified of [undefined, false, 'false', 0, null, 'yes', {}])
      expect(readClaims({ sub: '1', email: 'a@b.example', email_verified }, standard)).toMatchObject({
        person: { emailVerified: false },
      });
    for (const email of [
      'a@b@c.example',
      'a b@c.example',
      'a@',
      '@b',
      'a@b.example,c@d.example',
      '"x"@b.example',
    ])
      expect(readClaims({ sub: '1', email, email_verified: true }, standard)).toMatchObject({
        person: { email: null, emailVerified: false },
      });
  });

  it('never throw, and never make up a subject', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (claims) => {
        const read = readClaims(claims, standard);
        if (read.ok)
          expect(JSON.stringify(claims.sub)).toContain(JSON.stringify(read.person.subject).slice(1, -1));
      }),
    );
  });
});

it('the domain of an address is what stands after its last @', () => {
  expect(domainOf('Ana@ACME.example')).toBe('acme.example');
});
