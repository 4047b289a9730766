import { loginKey } from '../actor';

/** A person as approvals count them: their addresses, and their logins on forges. */
export type Approver = {
  readonly personId: string;
  readonly addresses: readonly string[];
  readonly handles: readonly string[];
};

/**
 * Whether two people of the organisation count as one where different people must agree. Somebody who came through two providers is
 * here as two, and tells by an address or a login that both have; in doubt they are one.
 */
export function isOnePerson(one: Approver, other: Approver): boolean {
  return one.personId === other.personId || shares(keysOf(one), keysOf(other));
}

/** An address and a login that read the same are not the same. */
function keysOf({ addresses, handles }: Approver): Set<string> {
  const mails = addresses.map((address) => address.normalize('NFKC').trim().toLowerCase());
  const logins = handles.map(loginKey);
  return new Set([...mails.filter(isSaid).map(as('address')), ...logins.filter(isSaid).map(as('login'))]);
}

const isSaid = (key: string) => key !== '';
const as = (kind: string) => (key: string) => `${kind} ${key}`;

function shares(keys: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...keys].some((key) => others.has(key));
}
