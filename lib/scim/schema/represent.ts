import type { Page, StoredGroup, StoredUser } from '../types';
import {
  ENTERPRISE_SCHEMA,
  GROUP_SCHEMA,
  type ResourceKind,
  SCHEMA_OF,
  splitUrn,
  USER_SCHEMA,
} from './attributes';
import { isObject } from './read-resource';

/** A resource as it leaves: JSON, with its own address and version. */
export type Resource = { id: string; schemas: string[]; meta: { version: string; location: string } } & {
  [attribute: string]: unknown;
};

type Versioned = Pick<StoredUser, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

function metaOf(kind: ResourceKind, { id, version, createdAt, updatedAt }: Versioned, baseUrl: string) {
  return {
    resourceType: kind,
    created: createdAt.toISOString(),
    lastModified: updatedAt.toISOString(),
    version: etagOf(version),
    location: `${baseUrl}/${kind}s/${id}`,
  };
}

export function etagOf(version: number): string {
  return `W/"${version}"`;
}

export function userResource(user: StoredUser, baseUrl: string): Resource {
  const { id, document, active, groups } = user;
  const isExtended = ENTERPRISE_SCHEMA in document;
  return {
    schemas: isExtended ? [USER_SCHEMA, ENTERPRISE_SCHEMA] : [USER_SCHEMA],
    id,
    ...document,
    active,
    ...(groups.length > 0 && {
      groups: groups.map((group) => ({
        value: group.id,
        $ref: `${baseUrl}/Groups/${group.id}`,
        display: group.displayName,
      })),
    }),
    meta: metaOf('User', user, baseUrl),
  };
}

export function groupResource(group: StoredGroup, baseUrl: string): Resource {
  const { id, displayName, externalId, members } = group;
  return {
    schemas: [GROUP_SCHEMA],
    id,
    displayName,
    ...(externalId !== null && { externalId }),
    ...(members &&
      members.length > 0 && {
        members: members.map((member) => ({
          value: member.id,
          $ref: `${baseUrl}/Users/${member.id}`,
          display: member.display,
          type: 'User',
        })),
      }),
    meta: metaOf('Group', group, baseUrl),
  };
}

/** Which attributes an answer shall have; both in the spelling of the request. */
export type Projection = { attributes: readonly string[]; excludedAttributes: readonly string[] };

/** `schemas` and `id` are always there (RFC 7643 §3.1); of the rest what was asked for, or all but what was not wanted. */
export function projected(kind: ResourceKind, resource: Resource, projection: Projection): object {
  const { attributes, excludedAttributes } = projection;
  const { schemas, id, ...rest } = resource;
  if (attributes.length > 0) return { schemas, id, ...part(kind, rest, attributes, true) };
  return { schemas, id, ...part(kind, rest, excludedAttributes, false) };
}

/** Whether an answer with this projection has the attribute. */
export function hasAttribute({ attributes, excludedAttributes }: Projection, name: string): boolean {
  const isNamed = (path: string) => (path.split(':').at(-1) ?? '').split('.')[0]?.toLowerCase() === name;
  const isWhole = (path: string) => isNamed(path) && !(path.split(':').at(-1) ?? '').includes('.');
  return attributes.length > 0 ? attributes.some(isNamed) : !excludedAttributes.some(isWhole);
}

function part(kind: ResourceKind, resource: object, paths: readonly string[], isWanted: boolean): object {
  const keys = paths.map((path) => keyOf(kind, path));
  return chosen(resource, '', keys, isWanted);
}

/** A path in lower case, without the URN of the resource's own schema. */
function keyOf(kind: ResourceKind, path: string): string {
  const split = splitUrn(kind, path);
  if (split === null) return path.toLowerCase();
  const { urn, rest } = split;
  return (urn === null ? rest : rest === '' ? urn : `${urn}.${rest}`).toLowerCase();
}

function chosen(object: object, within: string, keys: readonly string[], isWanted: boolean): object {
  const entries = Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
    const key = `${within}${name.toLowerCase()}`;
    if (keys.includes(key)) return isWanted ? [[name, value]] : [];
    if (!keys.some((other) => other.startsWith(`${key}.`))) return isWanted ? [] : [[name, value]];
    const inner = (one: unknown) => (isObject(one) ? chosen(one, `${key}.`, keys, isWanted) : one);
    return [[name, Array.isArray(value) ? value.map(inner) : inner(value)]];
  });
  return Object.fromEntries(entries);
}

/** A list (RFC 7644 §3.4.2). */
export function listOf(
  resources: readonly object[],
  { totalResults, startIndex }: Omit<Page<never>, 'rows'>,
) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** The kind of resource that a schema's id stands for. */
export const RESOURCE_KINDS = Object.keys(SCHEMA_OF) as ResourceKind[];
