import { type Document, isObject } from './read-resource';

const MOST_CHARACTERS = 200;
const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}$/;

/** The keys by which the database finds a user. */
export function userKeys(document: Document): { userName: string; externalId: string | null } {
  return {
    userName: textOf(document.userName).toLowerCase(),
    externalId: textOf(document.externalId) || null,
  };
}

/** The person behind a user: what Gait calls them, and how to reach them. The address is contact, never a key. */
export function personOf(document: Document): { name: string; email: string | null } {
  const name = isObject(document.name) ? document.name : {};
  const parts = [name.givenName, name.familyName].map(textOf).filter((part) => part !== '');
  const names = [document.displayName, name.formatted, parts.join(' '), document.userName].map(textOf);
  return {
    name: (names.find((text) => text !== '') ?? '').slice(0, MOST_CHARACTERS).toWellFormed(),
    email: addressOf(document),
  };
}

/** The primary address, the one at work, or the first; else a user name that is an address. */
function addressOf(document: Document): string | null {
  const emails = Array.isArray(document.emails) ? document.emails.filter(isObject) : [];
  const ranked = [
    ...emails.filter(({ primary }) => primary === true),
    ...emails.filter(({ type }) => textOf(type).toLowerCase() === 'work'),
    ...emails,
  ].map(({ value }) => textOf(value));
  const address = [...ranked, textOf(document.userName)].find((text) => EMAIL.test(text));
  return address?.toLowerCase() ?? null;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
