import { z } from 'zod';
import { CLAIM_PRESETS, type ClaimNames } from '@/lib/domain/identity/claims';
import { nameLine, textLine } from '@/lib/domain/text-line';
import { roleSchema } from '@/lib/members/schema';

const claim = (fallback: string) => textLine(200).transform((name) => name || fallback);

/** How an OpenID provider is spoken to: no secrets here. */
export type OidcSettings = {
  issuer: string;
  clientId: string;
  scopes: string;
  claims: ClaimNames;
  /** The provider's admins set the addresses, and people cannot: each counts as verified. */
  trustsAddresses: boolean;
};

export const JOININGS = ['provisioned', 'anyone'] as const;

/** Named as in the form, so that what is wrong finds its field. */
const oidcFields = z.object({
  name: nameLine(100, 'Give it a name, such as Okta.'),
  issuer: z
    .string()
    .trim()
    .pipe(
      z.url({
        protocol: /^https?$/,
        message: 'Give the issuer’s address, such as https://login.example.com.',
      }),
    ),
  clientId: textLine(500).min(1, 'Give the client id that the provider shows.'),
  /** Absent: the one that is kept stays. */
  clientSecret: textLine(2_000).transform((secret) => secret || undefined),
  /** It has no secret, and needs none. */
  isPublicClient: z.boolean(),
  joining: z.enum(JOININGS, 'Say who may join.'),
  scopes: textLine(500)
    .transform((text) => text || 'openid email profile')
    .refine((text) => text.split(/\s+/).includes('openid'), 'The scopes must include openid.'),
  subjectClaim: claim(CLAIM_PRESETS.standard.subject),
  emailClaim: claim(CLAIM_PRESETS.standard.email),
  nameClaim: claim(CLAIM_PRESETS.standard.name),
  groupsClaim: claim(CLAIM_PRESETS.standard.groups),
  trustsAddresses: z.boolean(),
});

function connectionOf(typed: z.infer<typeof oidcFields>) {
  const { name, joining, clientSecret, isPublicClient } = typed;
  const { issuer, clientId, scopes, trustsAddresses } = typed;
  const { subjectClaim: subject, emailClaim: email, nameClaim, groupsClaim: groups } = typed;
  const claims: ClaimNames = { subject, email, name: nameClaim, groups };
  const settings: OidcSettings = { issuer, clientId, scopes, claims, trustsAddresses };
  return { name, joining, clientSecret, isPublicClient, settings };
}

export const oidcConnectionSchema = oidcFields.transform(connectionOf);
export type OidcConnection = z.infer<typeof oidcConnectionSchema>;

/** What an identity provider says of itself. Certificates as PEM, our own likewise. */
export type SamlProvider = { entityId: string; ssoUrl: string; certificates: string[] };

/** How a SAML provider is spoken to: no secrets here. */
export type SamlSettings = {
  provider: SamlProvider;
  /** Where the metadata is read again; null when it was pasted. Times in RFC 3339. */
  metadataUrl: string | null;
  metadataReadAt: string;
  /** When it was last asked for, with or without success. */
  metadataAskedAt: string;
  claims: ClaimNames;
  trustsAddresses: boolean;
  /** The provider may begin: people come from its portal, without a request of ours. */
  allowIdpInitiated: boolean;
  /** Gait's own: the first signs; a second one is the next. */
  certificates: string[];
};

/** As the form sends it. A change may leave the metadata out. */
export const samlConnectionSchema = z.object({
  name: nameLine(100, 'Give it a name, such as Okta.'),
  joining: z.enum(JOININGS, 'Say who may join.'),
  metadataUrl: textLine(2_000)
    .refine((text) => text === '' || URL.canParse(text), 'Give the address of the provider’s metadata.')
    .transform((text) => text || null),
  metadataXml: z
    .string()
    .max(1 << 20, 'At most 1 MiB.')
    .transform((text) => text.trim() || null),
  subjectClaim: claim('NameID'),
  emailClaim: claim('email'),
  nameClaim: claim('name'),
  groupsClaim: claim('groups'),
  trustsAddresses: z.boolean(),
  allowIdpInitiated: z.boolean(),
});
export type SamlConnection = z.infer<typeof samlConnectionSchema>;

export const connectionRefSchema = z.object({ connection: z.uuid('This connection is not known.') });

export const changedOidcSchema = oidcFields
  .extend(connectionRefSchema.shape)
  .transform(({ connection, ...typed }) => ({ connection, ...connectionOf(typed) }));

const addressSchema = z
  .email('Give your e-mail address at work.')
  .max(320)
  .transform((email) => email.toLowerCase());

/** The address is asked only of those of whom Gait knows none. */
export const connectSchema = connectionRefSchema.extend({ email: addressSchema.optional() });

/** A domain as people type it: without an @ before it, or a dot behind. */
export const domainSchema = z.object({
  domain: textLine(253)
    .transform((text) => text.toLowerCase().replace(/^@/, '').replace(/\.$/, ''))
    .pipe(
      z.string().regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, {
        error: 'Give a domain, such as example.com.',
      }),
    ),
});

/** A value of its own: a field that must be filled in takes no empty one. */
export const NO_CONNECTION = 'none';

export const routedDomainSchema = domainSchema.extend({
  connection: z.union([
    z.literal(NO_CONNECTION).transform(() => null),
    z.uuid('This connection is not known.'),
  ]),
});

export const groupMappingSchema = connectionRefSchema.extend({
  group: textLine(300).min(1, 'Name the group as the provider sends it.'),
  role: roleSchema,
});
export const mappingRefSchema = z.object({ mapping: z.uuid('This mapping is not known.') });

/** A page of Gait to come back to; anything else is left out, for it could lead elsewhere. */
export const returnToSchema = z
  .string()
  .regex(/^\/(?![/\\])[^\\\s]*$/)
  .max(2000)
  .nullable()
  .catch(null);

export const emailSchema = z.object({ email: addressSchema });
