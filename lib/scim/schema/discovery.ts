import {
  type Attribute,
  ENTERPRISE_SCHEMA,
  type ResourceKind,
  SCHEMA_OF,
  SCHEMAS,
  type SchemaDefinition,
} from './attributes';
import { RESOURCE_KINDS } from './represent';

/** What this service provider can do (RFC 7643 §5). */
export function serviceProviderConfig(baseUrl: string, mostResults: number): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Token of the connection',
        description: 'Authorization: Bearer gait_…, made on the page of the connection in Gait.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

type Listed = { id: string } & Record<string, unknown>;

export function resourceTypes(baseUrl: string): Listed[] {
  return RESOURCE_KINDS.map((kind: ResourceKind) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: kind,
    name: kind,
    endpoint: `/${kind}s`,
    schema: SCHEMA_OF[kind],
    ...(kind === 'User' && { schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: false }] }),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${kind}` },
  }));
}

export function schemas(baseUrl: string): Listed[] {
  return SCHEMAS.map(({ attributes, ...schema }: SchemaDefinition) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    ...schema,
    attributes: attributes.map(described),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  }));
}

function described(attribute: Attribute): object {
  const { name, type, description, multiValued, required, caseExact, readOnly, uniqueness, subAttributes } =
    attribute;
  return {
    name,
    type,
    description,
    multiValued: multiValued ?? false,
    required: required ?? false,
    ...((type === 'string' || type === 'reference') && { caseExact: caseExact ?? false }),
    ...(type === 'reference' && { referenceTypes: ['external', 'uri'] }),
    mutability: readOnly ? 'readOnly' : 'readWrite',
    returned: 'default',
    uniqueness: uniqueness ?? 'none',
    ...(subAttributes && { subAttributes: subAttributes.map(described) }),
  };
}
