import type { Incoming } from './answer';
import { addressOf } from './client-address';
import { type OrgId, vouchForOrg } from './ctx';
import { AppError } from './errors';
import { limitingRefusals, tokenTries } from './rate-limit';
import { readSecret } from './secret';

/** A token as presented: not yet looked up. It names its organisation, in whose scope it will be. */
export type PresentedToken = { orgId: OrgId; hash: Uint8Array<ArrayBuffer> };

/** The token of `Authorization: Bearer gait_…`. */
export function presentedToken(incoming: Pick<Incoming, 'header'>): PresentedToken {
  return tokenIn(bearerOf(incoming));
}

/** Runs `work` with the token that a request bears. Whoever tries too many that do not work is told to wait. */
export async function withPresentedToken<T>(
  incoming: Pick<Incoming, 'header'>,
  work: (token: PresentedToken) => Promise<T>,
): Promise<T> {
  const secret = bearerOf(incoming);
  const target = readSecret('token', secret)?.orgId ?? null;
  return limitingRefusals(tokenTries(addressOf(incoming), target), async () => work(tokenIn(secret)));
}

function bearerOf({ header }: Pick<Incoming, 'header'>): string {
  const [, secret] = header('authorization')?.match(/^Bearer\s+(\S+)$/i) ?? [];
  if (!secret) throw new AppError('unauthenticated', 'Send a token: Authorization: Bearer gait_…');
  return secret;
}

function tokenIn(secret: string): PresentedToken {
  const token = readSecret('token', secret);
  if (!token) throw unknownToken();
  return { orgId: vouchForOrg(token.orgId), hash: token.hash };
}

/** One answer for all of them, so that nothing can be learned by trying. */
export function unknownToken(): AppError {
  return new AppError('unauthenticated', 'This token is not known, has expired or was revoked.');
}
