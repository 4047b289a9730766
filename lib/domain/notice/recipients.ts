import type { Grant } from '../ability';

/** Kinds of mails that people choose among, and channels, too: the weekly report, news at once, and what waits each morning. */
export const NEWS = ['report', 'alert', 'digest'] as const;
export type News = (typeof NEWS)[number];

/** Who leads gets what is about what they lead, unless they said otherwise; others only what they asked for. */
const LEADING = new Set(['owner', 'admin', 'lead']);

/** Whether somebody leads a team (by its slug) or, with '', the organisation. */
export function leads(grants: readonly Grant[], team: string): boolean {
  return grants.some((grant) => LEADING.has(grant.role) && (grant.team ?? '') === team);
}

/**
 * Whether somebody gets the report of a team (by its slug) or, with '', of the organisation.
 * @param choice what they said themselves; null when they said nothing
 */
export function getsReport(grants: readonly Grant[], team: string, choice: boolean | null): boolean {
  return grants.length > 0 && (choice ?? leads(grants, team));
}

/**
 * Whether somebody is told at once what happens in a team, or ('') in no team that is known. Who leads the organisation is told for
 * teams that nobody leads whom mails reach.
 * @param isLed whether somebody does
 * @param choices what they said themselves about this team, and about all teams; null when they said nothing
 */
export function getsAlert(
  grants: readonly Grant[],
  { team, isLed }: { team: string; isLed: boolean },
  choices: { ofTeam: boolean | null; ofAll: boolean | null },
): boolean {
  if (grants.length === 0) return false;
  const { ofTeam, ofAll } = choices;
  if (team !== '' && ofTeam !== null) return ofTeam;
  if (team !== '' && leads(grants, team)) return true;
  return ofAll ?? (!isLed && leads(grants, ''));
}
