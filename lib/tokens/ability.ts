/** What a token may be made for. */
export const TOKEN_SCOPES = [
  { key: 'events:write', description: 'Record evidence: tasks, reviews and incidents' },
  { key: 'read', description: 'Read lanes, tasks and recommendations' },
  { key: 'audit:read', description: 'Read the audit log: for owners, admins and auditors to give' },
] as const;

export type ScopeKey = (typeof TOKEN_SCOPES)[number]['key'];

type Scoped = { scopes: readonly string[] };

export function canRecordEvents(token: Scoped): boolean {
  return token.scopes.includes('events:write');
}

export function canRead(token: Scoped): boolean {
  return token.scopes.includes('read');
}

/** Reading everything else is not enough: the audit log tells who did what. */
export function canReadAuditLog(token: Scoped): boolean {
  return token.scopes.includes('audit:read');
}
