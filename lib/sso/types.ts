import type { Vouched } from '@/lib/domain/identity/claims';
import type { GroupGrant } from '@/lib/domain/identity/group-grants';
import type { Joining } from '@/lib/domain/identity/joining';
import type { SamlAddresses } from './saml/addresses';
import type { OidcSettings, SamlSettings } from './schema';

/** What became of the latest trial. Kept with the connection until its settings change. */
export type Trial = SeenTrial | FailedTrial;

/** No answer that counts came back. `failure` as in the log, where the line names the same request. */
export type FailedTrial = { failure: string; requestId: string };

/** What a trial received, and would have made of it. */
export type SeenTrial = {
  claims: Record<string, unknown>;
  /** Null when nobody is named in them. */
  person: Vouched | null;
  notes: readonly string[];
  /** What would happen, in a sentence. */
  outcome: string;
  admitted: boolean;
  /** The roles that the groups and invitations would give, in words. */
  roles: readonly string[];
};

export type ConnectionRow = {
  id: string;
  kind: 'oidc' | 'saml';
  name: string;
  status: 'draft' | 'on' | 'off';
  joining: Joining;
  domains: string[];
  triedAt: string | null;
};

export type ConnectionPage = OidcPage | SamlPage;

type Page = Omit<ConnectionRow, 'kind'> & {
  trial: Trial | null;
  /** `people`: how many the group names who have signed in or were provisioned. */
  mappings: (GroupGrant & { people: number })[];
  teams: { slug: string; name: string }[];
  cannotManage: string | null;
};

export type OidcPage = Page & {
  kind: 'oidc';
  settings: OidcSettings;
  hasSecret: boolean;
  redirectUri: string;
};

export type SamlPage = Page & {
  kind: 'saml';
  settings: SamlSettings;
  addresses: SamlAddresses;
  /** Gait's own: the first is in use. */
  own: Certificate[];
  theirs: Certificate[];
};

/** A certificate as people compare it. `until` in RFC 3339. */
export type Certificate = { pem: string; fingerprint: string; until: string; isExpired: boolean };

export type DomainRow = {
  domain: string;
  /** The TXT record that proves it. */
  proof: { name: string; value: string };
  connection: string | null;
  verifiedAt: string | null;
  checkedAt: string | null;
  missingSince: string | null;
};

export type SignInSettings = {
  connections: ConnectionRow[];
  domains: DomainRow[];
  ssoEnforced: boolean;
  /** How many people are signed in now through a connection that is on. */
  signedInThrough: number;
  /** Names of those who can sign in by a link even then. */
  breakGlass: string[];
  /** Why this reader may not change it, in a sentence; null when they may. */
  cannotManage: string | null;
  cannotEnforce: string | null;
};
