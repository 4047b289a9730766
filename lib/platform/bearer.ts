import type { Incoming } from './answer';
import { type OrgId, vouchForOrg } from './ctx';
import { AppError } from './errors';
import { readSecret } from './secret';

/** A token as presented: not yet looked up. It names its organisation, in whose scope it will be. */
export type PresentedToken = { orgId: OrgId; hash: Uint8Array<ArrayBuffer> };

/** The token of `Authorization: Bearer gait_…`. */
export function presentedToken({ header }: Pick<Incoming, 'header'>): PresentedToken {
  const [, secret] = header('authorization')?.match(/^Bearer\s+(\S+)$/i) ?? [];
  if (!secret) throw new AppError('unauthenticated', 'Send a token: Authorization: Bearer gait_…');
  const token = readSecret('token', secret);
  if (!token) throw unknownToken();
  return { orgId: vouchForOrg(token.orgId), hash: token.hash };
}

/** One answer for all of them, so that nothing can be learned by trying. */
export function unknownToken(): AppError {
  return new AppError('unauthenticated', 'This token is not known, has expired or was revoked.');
}
