import { isDeepStrictEqual } from 'node:util';
import type { Filter } from 'scim2-parse-filter';
import type { Attribute } from './attributes';
import { matcherAmong } from './filter';
import type { Change } from './patch';
import { type Document, isObject } from './read-resource';
import { refusal } from './refusals';

/** How often values may be held against others or against a filter, over all operations: each list is compared with each. */
const MOST_COMPARISONS = 100_000;

/** A document with the changes made, one after the other. */
export function applied(document: Document, changes: readonly Change[]): Document {
  const resource: Record<string, unknown> = structuredClone(document);
  let comparisons = 0;
  for (const change of changes) {
    const { op, urn, value } = change;
    // To add nothing is nothing.
    if (op === 'add' && value === undefined) continue;
    const holder = urn === null ? resource : { ...(isObject(resource[urn]) ? resource[urn] : {}) };
    comparisons += comparisonsOf(holder, change);
    if (comparisons > MOST_COMPARISONS)
      throw refusal('tooMany', 'The operations change too much in all: send them in several requests.');
    change.filter === null ? setWhole(holder, change) : setChosen(holder, change, change.filter);
    if (urn !== null) resource[urn] = holder;
  }
  return resource;
}

function comparisonsOf(holder: Record<string, unknown>, { attribute, filter, value }: Change): number {
  const against = filter === null ? listed(value).length : termsOf(filter);
  return listed(holder[attribute.name]).length * (1 + against);
}

function termsOf(filter: Filter): number {
  if (filter.op === 'and' || filter.op === 'or')
    return filter.filters.reduce((sum, part) => sum + termsOf(part), 0);
  if (filter.op === 'not') return termsOf(filter.filter);
  return filter.op === '[]' ? termsOf(filter.valFilter) : 1;
}

/** Names come from our schemas alone, so that no request can name what every object has. */
function setWhole(holder: Record<string, unknown>, change: Change): void {
  const { op, attribute, sub, value } = change;
  const { name } = attribute;
  const held = holder[name];
  if (sub !== null) {
    if (attribute.multiValued) holder[name] = listed(held).map((one) => withPart(one, sub, value));
    else holder[name] = withPart(isObject(held) ? held : {}, sub, value);
  } else if (attribute.multiValued) {
    holder[name] = changedList(listed(held), op, value);
  } else {
    holder[name] = isObject(held) && isObject(value) ? { ...held, ...value } : value;
  }
}

/** Of a list, the values that the filter means. Where there is none yet, what it says must be equal makes one (as Entra expects). */
function setChosen(holder: Record<string, unknown>, { op, attribute, sub, value }: Change, filter: Filter) {
  const { name } = attribute;
  const held = listed(holder[name]);
  const isMeant = matcherAmong(attribute, filter);
  const changed = (one: Document) =>
    sub === null ? { ...one, ...partsOf(value) } : withPart(one, sub, value);
  if (op === 'remove' && sub === null) holder[name] = held.filter((one) => !isMeant(one));
  else if (held.some(isMeant)) {
    const takesPrimary = sub?.name === 'primary' ? value === true : partsOf(value).primary === true;
    const others = (one: Document) =>
      takesPrimary && one.primary === true ? { ...one, primary: false } : one;
    holder[name] = held.map((one) => (isMeant(one) ? changed(one) : others(one)));
  } else if (op !== 'remove') holder[name] = [...held, changed(impliedBy(filter))];
}

/** @throws AppError `noTarget` when the filter says more than what is equal to what */
function impliedBy(filter: Filter): Document {
  if (filter.op === 'eq') return { [filter.attrPath]: filter.compValue };
  if (filter.op === 'and') return Object.assign({}, ...filter.filters.map(impliedBy));
  throw refusal('noTarget', 'No value is there that the filter means.');
}

function changedList(held: readonly Document[], op: Change['op'], value: unknown): readonly Document[] {
  const given = listed(value);
  if (op === 'replace') return given;
  if (op === 'add')
    return [...held, ...given.filter((one) => !held.some((other) => isDeepStrictEqual(one, other)))];
  if (value === undefined) return [];
  // A value to take away need not say everything that is known of it.
  const isGiven = (one: Document) =>
    given.some((pattern) =>
      Object.entries(pattern).every(([name, part]) => isDeepStrictEqual(part, one[name])),
    );
  return held.filter((one) => !isGiven(one));
}

function withPart(whole: Document, { name }: Attribute, value: unknown): Document {
  return { ...whole, [name]: value };
}

const listed = (value: unknown): Document[] => (Array.isArray(value) ? value.filter(isObject) : []);
const partsOf = (value: unknown): Document => (isObject(value) ? value : {});
