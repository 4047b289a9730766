/** What a token may be made for. */
export const TOKEN_SCOPES = [
  { key: 'events:write', description: 'Record evidence: tasks, reviews and incidents' },
  { key: 'read', description: 'Read lanes, tasks and recommendations' },
  { key: 'audit:read', description: 'Read the audit log: for owners, admins and auditors to give' },
] as const;

export type ScopeKey = (typeof TOKEN_SCOPES)[number]['key'];

type Scoped = { scopes: readonly string[] };

/** The scope of a directory's token: it is bound to one connection, so it is made on the connection's page and not by hand. */
export const DIRECTORY_SCOPE = 'scim';

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

/** The connection whose directory the token writes; null = it is no token of a directory. */
export function directoryOf(token: Scoped & { connection: string | null }): string | null {
  return token.scopes.includes(DIRECTORY_SCOPE) ? token.connection : null;
}
