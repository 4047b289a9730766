import type { Compare, Filter } from 'scim2-parse-filter';
import { Prisma } from '@/generated/prisma/client';
import type { ResourceKind } from '../schema/attributes';

/** Rows that may match; `exact` = all of them do, else each must still be looked at. */
export type Condition = { sql: Prisma.Sql; exact: boolean };

const ALL: Condition = { sql: Prisma.sql`true`, exact: false };

/**
 * A filter as a condition on rows `r` of the directory's users or groups. Every value travels as a parameter. What has no
 * translation lets all rows through, and is not exact.
 */
export function conditionOf(kind: ResourceKind, filter: Filter): Condition {
  switch (filter.op) {
    case 'and': {
      const parts = filter.filters.map((part) => conditionOf(kind, part));
      return { sql: joined(parts, ' AND '), exact: parts.every(({ exact }) => exact) };
    }
    case 'or': {
      const parts = filter.filters.map((part) => conditionOf(kind, part));
      return { sql: joined(parts, ' OR '), exact: parts.every(({ exact }) => exact) };
    }
    case 'not': {
      const { sql, exact } = conditionOf(kind, filter.filter);
      return exact ? { sql: Prisma.sql`NOT (${sql})`, exact } : ALL;
    }
    case '[]':
    case 'pr':
      return ALL;
    default: {
      const sql = comparison(kind, filter);
      return sql ? { sql: Prisma.sql`coalesce(${sql}, false)`, exact: true } : ALL;
    }
  }
}

function joined(parts: readonly Condition[], separator: string): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(
    parts.map(({ sql }) => sql),
    separator,
  )})`;
}

function comparison(kind: ResourceKind, { attrPath, op, compValue }: Compare): Prisma.Sql | null {
  const column = COLUMNS[kind][attrPath];
  if (typeof compValue === 'boolean')
    return attrPath === 'active'
      ? Prisma.sql`r.active ${Prisma.raw(op === 'eq' ? '=' : '<>')} ${compValue}`
      : null;
  if (typeof compValue !== 'string') return null;
  if (attrPath === 'meta.lastModified') return inOrder(Prisma.sql`r.updated_at`, op, compValue);
  if (attrPath === 'meta.created') return inOrder(Prisma.sql`r.created_at`, op, compValue);
  // The database's idea of lower case is sure for ASCII alone.
  if (!/^[\x20-\x7e]*$/.test(compValue)) return null;
  if (column) return textual(column, op, compValue);
  if (kind === 'User' && attrPath === 'emails.value') {
    const matches = textual(Prisma.sql`lower(email->>'value')`, op, compValue);
    return (
      matches &&
      Prisma.sql`EXISTS (SELECT FROM jsonb_array_elements(coalesce(r.document->'emails', '[]')) email WHERE ${matches})`
    );
  }
  if (kind === 'Group' && attrPath === 'members.value' && op === 'eq')
    return Prisma.sql`EXISTS (SELECT FROM directory_member m WHERE m.org_id = r.org_id AND m.group_id = r.id AND m.user_id::text = ${compValue})`;
  return null;
}

const COLUMNS: Readonly<Record<ResourceKind, Readonly<Record<string, Prisma.Sql>>>> = {
  User: {
    id: Prisma.sql`r.id::text`,
    userName: Prisma.sql`r.user_name`,
    externalId: Prisma.sql`r.external_id`,
    displayName: Prisma.sql`lower(r.document->>'displayName')`,
  },
  Group: {
    id: Prisma.sql`r.id::text`,
    externalId: Prisma.sql`r.external_id`,
    displayName: Prisma.sql`lower(r.display_name)`,
  },
};

function textual(column: Prisma.Sql, op: Compare['op'], value: string): Prisma.Sql | null {
  switch (op) {
    case 'eq':
      return Prisma.sql`${column} = ${value}`;
    case 'ne':
      return Prisma.sql`${column} <> ${value}`;
    case 'co':
      return Prisma.sql`position(${value} IN ${column}) > 0`;
    case 'sw':
      return Prisma.sql`starts_with(${column}, ${value})`;
    case 'ew':
      return Prisma.sql`right(${column}, ${value.length}) = ${value}`;
    default:
      // How texts are ordered is the database's own matter.
      return null;
  }
}

const ORDER: Readonly<Partial<Record<Compare['op'], string>>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

function inOrder(column: Prisma.Sql, op: Compare['op'], at: string): Prisma.Sql | null {
  const sign = ORDER[op];
  return sign === undefined ? null : Prisma.sql`${column} ${Prisma.raw(sign)} ${new Date(at)}`;
}
