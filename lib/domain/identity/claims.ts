/** What a provider says about somebody, by name: OIDC claims or SAML attributes. */
export type Claims = Readonly<Record<string, unknown>>;

/** Which claim holds what. A dot leads into an object: `realm_access.roles`. */
export type ClaimNames = {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly groups: string;
};

/** Names that differ by provider; what a form starts with. */
export const CLAIM_PRESETS = {
  standard: { subject: 'sub', email: 'email', name: 'name', groups: 'groups' },
  /** `sub` differs by application there; `oid` is the person, and what Entra's provisioning sends as externalId. */
  entra: { subject: 'oid', email: 'email', name: 'name', groups: 'groups' },
  okta: { subject: 'sub', email: 'email', name: 'name', groups: 'groups' },
  google: { subject: 'sub', email: 'email', name: 'name', groups: 'groups' },
  keycloak: { subject: 'sub', email: 'email', name: 'name', groups: 'groups' },
} as const satisfies Record<string, ClaimNames>;

/** Somebody as the provider vouches for them. */
export type Vouched = {
  readonly subject: string;
  /** In lower case; null when none was sent, or it is no address. */
  readonly email: string | null;
  /** Whether the provider says that the address is theirs. */
  readonly emailVerified: boolean;
  readonly name: string;
  readonly groups: readonly string[];
};

export type ReadClaims =
  | { readonly ok: true; readonly person: Vouched; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const MOST_GROUPS = 1_000;
const EMAIL = /^[^\s@,;<>"]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * Reads what the provider says. Without a subject there is nobody; anything else may be missing, and `notes` say so.
 * A verified address is one that the provider calls so: `email_verified` (OIDC), or `xms_edov` (Entra).
 */
export function readClaims(claims: Claims, names: ClaimNames): ReadClaims {
  const subject = textOf(claimAt(claims, names.subject));
  if (subject === null)
    return { ok: false, problem: `The provider sent no claim “${names.subject}”: nobody is named.` };
  const sent = textOf(claimAt(claims, names.email))?.toLowerCase() ?? null;
  const email = sent !== null && EMAIL.test(sent) ? sent : null;
  const groups = listOf(claimAt(claims, names.groups));
  const notes = [
    ...(sent === null ? [`No claim “${names.email}” was sent: this person has no address.`] : []),
    ...(sent !== null && email === null ? [`“${names.email}” holds no e-mail address: ${sent}.`] : []),
    ...(groups === null ? [`No claim “${names.groups}” was sent: groups give nothing.`] : []),
    ...(isOverage(claims, names.groups)
      ? [
          'The provider left the groups out because there are too many: let it send only those assigned to Gait.',
        ]
      : []),
  ];
  const name = textOf(claimAt(claims, names.name)) ?? nameFrom(claims) ?? email ?? subject;
  return {
    ok: true,
    person: {
      subject,
      email,
      emailVerified: email !== null && isVerified(claims),
      name: name.slice(0, 200),
      groups: [...new Set(groups ?? [])].slice(0, MOST_GROUPS),
    },
    notes,
  };
}

/** A claim by its own name first, since names may hold dots (SAML attributes are addresses); else along the dots. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let at: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Claims)[part];
  }
  return at;
}

function textOf(value: unknown): string | null {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof one !== 'string') return null;
  const text = one.trim();
  return text === '' || text.length > 1_000 || /\p{Cc}/u.test(text) ? null : text;
}

/** Groups as a list of texts; some providers send a single one as plain text, Keycloak's begin with a slash. */
function listOf(value: unknown): string[] | null {
  if (value === undefined || value === null) return null;
  const many = Array.isArray(value) ? value : [value];
  return many.flatMap((one) => textOf(one) ?? []).map((group) => group.replace(/^\//, ''));
}

function nameFrom(claims: Claims): string | null {
  const parts = ['given_name', 'family_name'].flatMap((name) => textOf(claims[name]) ?? []);
  return parts.length > 0 ? parts.join(' ') : textOf(claims.preferred_username);
}

function isVerified(claims: Claims): boolean {
  const said = [claims.email_verified, claims.xms_edov];
  return said.some((value) => value === true || value === 'true' || value === 1 || value === '1');
}

/** Entra names the missing groups in `_claim_names` instead of sending more than 200. */
function isOverage(claims: Claims, groups: string): boolean {
  const names = claims._claim_names;
  return (
    claims.hasgroups === true || (typeof names === 'object' && names !== null && Object.hasOwn(names, groups))
  );
}

/** The domain of an address, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
