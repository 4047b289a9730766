import type { Ctx } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';

/** The connection whose directory acts: a directory reads and writes its own users and groups, and nobody else does. */
export function requireDirectory({ actor }: Pick<Ctx, 'actor'>): string {
  if (actor.kind === 'scim') return actor.connection;
  throw new AppError('forbidden', 'Only the directory of a connection may do this.');
}
