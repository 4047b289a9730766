import { expect, test } from 'vitest';
import { canRead, canReadAuditLog, canRecordEvents, directoryOf, TOKEN_SCOPES } from './ability';

const every = [...TOKEN_SCOPES.map(({ key }) => key), 'scim'];

test.each([
  ['record evidence', canRecordEvents, 'events:write'],
  ['read', canRead, 'read'],
  ['read the audit log', canReadAuditLog, 'audit:read'],
] as const)('a token may %s by its own scope alone', (_, can, scope) => {
  expect(can({ scopes: [scope] })).toBe(true);
  expect(can({ scopes: every.filter((other) => other !== scope) })).toBe(false);
  expect(can({ scopes: [] })).toBe(false);
});

test('a directory is that of the connection its token is bound to', () => {
  expect(directoryOf({ scopes: ['scim'], connection: 'okta' })).toBe('okta');
  expect(directoryOf({ scopes: ['read'], connection: 'okta' })).toBeNull();
  expect(directoryOf({ scopes: ['scim'], connection: null })).toBeNull();
});
