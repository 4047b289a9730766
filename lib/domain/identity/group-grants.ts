import type { Grant } from '../ability';

/** What membership of a group gives. `id` names the mapping, so that it is known whence a role comes. */
export type GroupGrant = Grant & { readonly id: string; readonly group: string };

/** Groups are compared without regard to case and surrounding blanks: people type them. */
export function groupKey(group: string): string {
  return group.normalize('NFC').trim().toLowerCase();
}

/** The mappings that apply to somebody in these groups, in the order of `mappings`. */
export function grantedBy(groups: readonly string[], mappings: readonly GroupGrant[]): GroupGrant[] {
  const keys = new Set(groups.map(groupKey));
  return mappings.filter(({ group }) => keys.has(groupKey(group)));
}
