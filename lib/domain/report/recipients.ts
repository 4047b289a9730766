import type { Grant } from '../ability';

/** Who leads gets the report of what they lead, unless they said otherwise; others only what they asked for. */
const LEADING = new Set(['owner', 'admin', 'lead']);

/**
 * Whether somebody gets the report of a team (by its slug) or, with '', of the organisation.
 * @param choice what they said themselves; null when they said nothing
 */
export function getsReport(grants: readonly Grant[], team: string, choice: boolean | null): boolean {
  if (grants.length === 0) return false;
  if (choice !== null) return choice;
  return grants.some((grant) => LEADING.has(grant.role) && (grant.team ?? '') === team);
}
