import { domainOf, type Vouched } from './claims';

/** Who may become a person by signing in: whoever the provider vouches for, or only those invited or provisioned. */
export type Joining = 'anyone' | 'provisioned';

/** What Gait knows about somebody whom a provider has just named. */
export type Standing = {
  readonly vouched: Vouched;
  /** The person whom this connection, issuer and subject stand for already. */
  readonly known: { readonly personId: string; readonly isRemoved: boolean } | null;
  /** The person whom this connection's own directory provisioned for this subject or this verified address. */
  readonly provisioned: { readonly personId: string; readonly isRemoved: boolean } | null;
  /** Domains that the organisation has proven to be its own, in lower case. */
  readonly verifiedDomains: ReadonlySet<string>;
  readonly joining: Joining;
  /** The provider's admins set the addresses, so that each counts as verified. */
  readonly trustsAddresses: boolean;
};

export type Admission =
  | { readonly kind: 'known' | 'linked'; readonly personId: string }
  | { readonly kind: 'joins' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Whether somebody gets in, and as whom. An organisation vouches only for addresses of its own domains, so an address elsewhere is
 * refused before anything else. People are known by (connection, issuer, subject); an address alone never links anybody.
 */
export function admit(standing: Standing): Admission {
  const { vouched, known, provisioned, joining } = standing;
  const { email } = vouched;
  if (email !== null && !standing.verifiedDomains.has(domainOf(email)))
    return refused(`${email} is not of a domain that this organisation has verified.`);
  if (known)
    return known.isRemoved
      ? refused('This person was removed here.')
      : { kind: 'known', personId: known.personId };
  if (provisioned)
    return provisioned.isRemoved
      ? refused('The directory has switched this person off.')
      : { kind: 'linked', personId: provisioned.personId };
  if (joining === 'provisioned')
    return refused(
      'Nobody has invited or provisioned this person, and this connection lets nobody else join.',
    );
  if (email === null)
    return refused('To join, somebody needs an e-mail address of a verified domain; none was sent.');
  if (!isVerified(standing)) return refused(`The provider does not say that ${email} is verified.`);
  return { kind: 'joins' };
}

/** Whether the address may be relied on. */
export function isVerified({
  vouched,
  trustsAddresses,
}: Pick<Standing, 'vouched' | 'trustsAddresses'>): boolean {
  return vouched.email !== null && (vouched.emailVerified || trustsAddresses);
}

function refused(reason: string): Admission {
  return { kind: 'refused', reason };
}
