import type { Actor, Role } from '@/lib/platform/ctx';

function hasRole(actor: Actor, roles: readonly Role[]): boolean {
  return actor.kind === 'job' || (actor.kind === 'user' && roles.includes(actor.role));
}

/** Who may do what. One rule a line; verbs ask them, and screens ask the same ones to show only what works. */
export const canManageTokens = (actor: Actor) => hasRole(actor, ['owner', 'admin', 'lead']);
export const canRegisterAgents = (actor: Actor) => hasRole(actor, ['owner', 'admin', 'lead']);
export const canRecordByHand = (actor: Actor) => hasRole(actor, ['owner', 'admin', 'lead', 'member']);
export const canDecideGears = (actor: Actor) =>
  actor.kind === 'user' && hasRole(actor, ['owner', 'admin', 'lead']);
export const canRemoveSample = (actor: Actor) => hasRole(actor, ['owner', 'lead']);
export const canReadAudit = (actor: Actor) => hasRole(actor, ['owner', 'admin', 'auditor']);
export const canKeepAudit = (actor: Actor) => hasRole(actor, ['owner', 'admin']);
