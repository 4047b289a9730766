import type { Filter } from 'scim2-parse-filter';
import type { Change } from './patch';
import { type Document, isObject } from './read-resource';
import { refusal } from './refusals';

/** What a request does to a group: first all members leave (`cleared`) or some, then others come. */
export type GroupChange = {
  readonly displayName?: string;
  /** Null = taken away. */
  readonly externalId?: string | null;
  readonly cleared: boolean;
  readonly add: ReadonlySet<string>;
  readonly remove: ReadonlySet<string>;
};

export function isNoChange({ displayName, externalId, cleared, add, remove }: GroupChange): boolean {
  return displayName === undefined && externalId === undefined && !cleared && add.size + remove.size === 0;
}

/** POST and PUT: the group as a whole. Left out, the externalId stays. */
export function wholeGroup(document: Document): GroupChange {
  const { displayName, externalId, members } = document;
  return {
    displayName: String(displayName),
    ...(typeof externalId === 'string' && { externalId }),
    cleared: true,
    add: new Set(idsIn(members)),
    remove: new Set(),
  };
}

/** PATCH: many small changes come to one, without reading a group that may be large. */
export function groupChangeOf(changes: readonly Change[]): GroupChange {
  let cleared = false;
  const add = new Set<string>();
  const remove = new Set<string>();
  const names: { displayName?: string; externalId?: string | null } = {};
  for (const change of changes) {
    const { op, attribute, value } = change;
    if (attribute.name === 'displayName') {
      if (typeof value !== 'string' || value.trim() === '')
        throw refusal('invalidValue', '“displayName” is required.');
      names.displayName = value;
    } else if (attribute.name === 'externalId') {
      names.externalId = typeof value === 'string' ? value : null;
    } else if (op === 'add') {
      for (const id of idsIn(newcomers(change))) {
        add.add(id);
        remove.delete(id);
      }
    } else if (op === 'replace' || (change.filter === null && value === undefined)) {
      const ids = idsIn(newcomers(change));
      cleared = true;
      add.clear();
      remove.clear();
      for (const id of ids) add.add(id);
    } else {
      for (const id of change.filter === null ? idsIn(value) : meantBy(change.filter)) {
        add.delete(id);
        remove.add(id);
      }
    }
  }
  return { ...names, cleared, add, remove };
}

/** A member is there or not: nothing in it is changed. */
function newcomers({ filter, sub, value }: Change): unknown {
  if (filter !== null || sub !== null)
    throw refusal('invalidPath', 'Members are added and removed, and not changed.');
  return value;
}

function idsIn(members: unknown): string[] {
  if (!Array.isArray(members)) return [];
  return members.map((member) => {
    const { value, type } = isObject(member) ? member : {};
    if (typeof type === 'string' && type.toLowerCase() !== 'user')
      throw refusal('invalidValue', 'Groups in groups are not supported: add the users.');
    if (typeof value !== 'string') throw refusal('invalidValue', 'A member is named by its “value”.');
    return value.toLowerCase();
  });
}

/** `members[value eq "…"]`, several perhaps, by or. */
function meantBy(filter: Filter): string[] {
  if (filter.op === 'or') return filter.filters.flatMap(meantBy);
  if (filter.op === 'eq' && filter.attrPath === 'value' && typeof filter.compValue === 'string')
    return [filter.compValue.toLowerCase()];
  throw refusal('invalidFilter', 'Members are named as in members[value eq "…"].');
}
