import { expect, test } from 'vitest';
import type { Actor } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { requireDirectory } from './ability';

const directory: Actor = { kind: 'scim', tokenId: 't', name: 'Okta', connection: 'okta' };
const others: Actor[] = [
  { kind: 'job', name: 'projector' },
  { kind: 'token', tokenId: 't', name: 'ci', scopes: ['scim', 'read', 'events:write'] },
];

test('a directory acts for its connection, and nobody else does', () => {
  expect(requireDirectory({ actor: directory })).toBe('okta');
  for (const actor of others)
    expect(() => requireDirectory({ actor })).toThrow(
      new AppError('forbidden', 'Only the directory of a connection may do this.'),
    );
});
