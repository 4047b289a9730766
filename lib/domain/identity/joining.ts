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
  /** Exactly this address was invited, and the invitation is still open. */
  readonly isInvited: boolean;
  /** Domains that the organisation has proven to be its own, in lower case. */
  readonly verifiedDomains: ReadonlySet<string>;
  readonly joining: Joining;
  /** The provider's admins set the addresses, so that each counts as verified. */
  readonly trustsAddresses: boolean;
};

export type Admission =
  | { readonly kind: 'known' | 'linked'; readonly personId: string }
  | { readonly kind: 'joins' | 'invited' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Whether somebody gets in, and as whom. An organisation vouches only for addresses of its own domains, so an address elsewhere is
 * refused before anything else. People are known by (connection, issuer, subject); an address alone never links anybody, but it is
 * what an invitation is for.
 */
export function admit(standing: Standing): Admission {
  const { vouched, known, provisioned, joining, isInvited } = standing;
  const { email } = vouched;
  if (isElsewhere(standing))
    return refused(`${email} is not of a domain that this organisation has verified.`);
  if (known)
    return known.isRemoved
      ? refused('This person was removed here.')
      : { kind: 'known', personId: known.personId };
  if (provisioned)
    return provisioned.isRemoved
      ? refused('The directory has switched this person off.')
      : { kind: 'linked', personId: provisioned.personId };
  if (joining === 'provisioned' && !isInvited)
    return refused(
      'Nobody has invited or provisioned this person, and this connection lets nobody else join.',
    );
  if (email === null)
    return refused('To join, somebody needs an e-mail address of a verified domain; none was sent.');
  if (!isVerified(standing)) return refused(`The provider does not say that ${email} is verified.`);
  return { kind: isInvited ? 'invited' : 'joins' };
}

/** Somebody signed in who shows that a provider knows them, too. */
export type Self = {
  readonly personId: string;
  /** Their own address; where Gait knew none, the one that they gave when they began. */
  readonly email: string;
  /** They gave it just then, and somebody else here has it. */
  readonly isAddressTaken: boolean;
};

/**
 * Whether a sign-in is that of the person who is signed in. Their own session says who they are, and the provider must vouch for their
 * own address. A sign-in that stands for somebody here stays theirs, and whom the directory knows as somebody else stays that one.
 */
export function connect(standing: Standing, { personId, email, isAddressTaken }: Self): Admission {
  const { vouched, known, provisioned } = standing;
  if (isElsewhere(standing))
    return refused(`${vouched.email} is not of a domain that this organisation has verified.`);
  if (provisioned && (provisioned.isRemoved || provisioned.personId !== personId))
    return refused('The directory knows this sign-in as somebody else, or has switched it off.');
  if (known?.personId === personId) return { kind: 'known', personId };
  if (known && !known.isRemoved) return refused('This sign-in belongs to somebody else here.');
  if (!isVerified(standing)) return refused('The provider does not vouch for an address of this person.');
  if (isAddressTaken) return refused(`${email} is the address of somebody else here.`);
  if (email.toLowerCase() !== vouched.email)
    return refused(`${vouched.email} is not the address of the person who is signed in.`);
  return { kind: 'linked', personId };
}

function isElsewhere({ vouched: { email }, verifiedDomains }: Standing): boolean {
  return email !== null && !verifiedDomains.has(domainOf(email));
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
