/** An attribute of a SCIM resource as `/Schemas` describes it (RFC 7643 §7). What is not said here is the default there. */
export type Attribute = {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime';
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  readonly caseExact?: true;
  readonly readOnly?: true;
  readonly uniqueness?: 'server';
  readonly subAttributes?: readonly Attribute[];
};

export type ResourceKind = 'User' | 'Group';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  description,
  ...more,
});

const PRIMARY: Attribute = {
  name: 'primary',
  type: 'boolean',
  description: 'Whether it is the preferred one.',
};

const listOf = (name: string, description: string, more: readonly Attribute[] = []): Attribute => ({
  name,
  type: 'complex',
  multiValued: true,
  description,
  subAttributes: [
    text('value', 'The value.'),
    text('display', 'A name for people.'),
    text('type', 'A label, such as work.'),
    PRIMARY,
    ...more,
  ],
});

const REF: Attribute = {
  name: '$ref',
  type: 'reference',
  caseExact: true,
  description: 'The address of the resource.',
};

/** Attributes that every resource has (RFC 7643 §3.1); they stand in no schema. */
const COMMON: readonly Attribute[] = [
  text('id', 'Given by Gait.', { caseExact: true, readOnly: true }),
  text('externalId', 'The directory’s own key; also the subject that links a sign-in.', { caseExact: true }),
  {
    name: 'meta',
    type: 'complex',
    readOnly: true,
    description: 'About the resource.',
    subAttributes: [
      { name: 'created', type: 'dateTime', readOnly: true, description: 'When it was made.' },
      { name: 'lastModified', type: 'dateTime', readOnly: true, description: 'When it last changed.' },
    ],
  },
];

const USER: readonly Attribute[] = [
  text('userName', 'How the directory names the user; unique in it, without regard to case.', {
    required: true,
    uniqueness: 'server',
  }),
  {
    name: 'name',
    type: 'complex',
    description: 'The parts of the name.',
    subAttributes: [
      text('formatted', 'The whole name.'),
      text('familyName', 'The family name.'),
      text('givenName', 'The given name.'),
      text('middleName', 'The middle name.'),
      text('honorificPrefix', 'A title before the name.'),
      text('honorificSuffix', 'A suffix behind the name.'),
    ],
  },
  text('displayName', 'The name that Gait shows.'),
  text('nickName', 'A casual name.'),
  { name: 'profileUrl', type: 'reference', caseExact: true, description: 'A page about the user.' },
  text('title', 'The job title.'),
  text('userType', 'The relation to the company.'),
  text('preferredLanguage', 'The preferred language.'),
  text('locale', 'The locale.'),
  text('timezone', 'The time zone.'),
  {
    name: 'active',
    type: 'boolean',
    description: 'Whether the user may sign in. False ends sessions, links and tokens at once.',
  },
  listOf('emails', 'Addresses: contact only, they link nobody.'),
  listOf('phoneNumbers', 'Phone numbers.'),
  listOf('ims', 'Addresses of instant messaging.'),
  listOf('photos', 'Addresses of pictures.'),
  {
    ...listOf('addresses', 'Postal addresses.'),
    subAttributes: [
      text('formatted', 'The whole address.'),
      text('streetAddress', 'Street and number.'),
      text('locality', 'The town.'),
      text('region', 'The state or region.'),
      text('postalCode', 'The postal code.'),
      text('country', 'The country.'),
      text('type', 'A label, such as work.'),
      PRIMARY,
    ],
  },
  {
    name: 'groups',
    type: 'complex',
    multiValued: true,
    readOnly: true,
    description: 'The groups that the user is in; changed through the groups.',
    subAttributes: [
      text('value', 'The id of the group.', { caseExact: true, readOnly: true }),
      { ...REF, readOnly: true },
      text('display', 'The name of the group.', { readOnly: true }),
    ],
  },
  listOf('entitlements', 'Kept as they come; they give nothing.'),
  listOf('roles', 'Kept as they come; they give nothing: roles come from groups.'),
];

const ENTERPRISE: readonly Attribute[] = [
  text('employeeNumber', 'The number of the employee.'),
  text('costCenter', 'The cost center.'),
  text('organization', 'The organization.'),
  text('division', 'The division.'),
  text('department', 'The department.'),
  {
    name: 'manager',
    type: 'complex',
    description: 'The manager.',
    subAttributes: [
      text('value', 'The manager’s id.', { caseExact: true }),
      REF,
      text('displayName', 'The manager’s name.'),
    ],
  },
];

const GROUP: readonly Attribute[] = [
  text('displayName', 'The name, by which the group is mapped to roles.', {
    required: true,
    uniqueness: 'server',
  }),
  {
    name: 'members',
    type: 'complex',
    multiValued: true,
    description: 'The users in the group.',
    subAttributes: [
      text('value', 'The id of the user.', { caseExact: true }),
      REF,
      text('display', 'The name of the user, as Gait says it.'),
      text('type', 'User: groups in groups are not supported.'),
    ],
  },
];

export type SchemaDefinition = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
};

export const SCHEMAS: readonly SchemaDefinition[] = [
  { id: USER_SCHEMA, name: 'User', description: 'A user of the directory', attributes: USER },
  { id: GROUP_SCHEMA, name: 'Group', description: 'A group of the directory', attributes: GROUP },
  {
    id: ENTERPRISE_SCHEMA,
    name: 'EnterpriseUser',
    description: 'The enterprise extension of a user',
    attributes: ENTERPRISE,
  },
];

export const SCHEMA_OF: Readonly<Record<ResourceKind, string>> = { User: USER_SCHEMA, Group: GROUP_SCHEMA };

const KNOWN: Readonly<Record<ResourceKind, readonly Attribute[]>> = {
  User: [...COMMON, ...USER],
  Group: [...COMMON, ...GROUP],
};

export function attributesOf(kind: ResourceKind, urn: string | null): readonly Attribute[] {
  if (urn === null) return KNOWN[kind];
  return kind === 'User' && urn === ENTERPRISE_SCHEMA ? ENTERPRISE : [];
}

/** Names of attributes are compared without regard to case (RFC 7643 §2.1). Only names that stand in a schema are found. */
export function named(attributes: readonly Attribute[] | undefined, name: string): Attribute | null {
  const key = name.toLowerCase();
  return attributes?.find((attribute) => attribute.name.toLowerCase() === key) ?? null;
}

/** Splits the URN of a schema from what is behind it; null = the URN is no schema of this kind of resource. */
export function splitUrn(kind: ResourceKind, path: string): { urn: string | null; rest: string } | null {
  if (!path.toLowerCase().startsWith('urn:')) return { urn: null, rest: path };
  const schemas = kind === 'User' ? [USER_SCHEMA, ENTERPRISE_SCHEMA] : [GROUP_SCHEMA];
  const key = path.toLowerCase();
  const urn = schemas.find((id) => key === id.toLowerCase() || key.startsWith(`${id.toLowerCase()}:`));
  if (urn === undefined) return null;
  return { urn: urn === SCHEMA_OF[kind] ? null : urn, rest: path.slice(urn.length + 1) };
}
