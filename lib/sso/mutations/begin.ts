import type { Clock } from '@/lib/platform/clock';
import { AppError } from '@/lib/platform/errors';
import { routeOf } from '../data/connections';
import { type Begun, beginSignIn } from './sign-in';

/** Sends somebody to the provider of their address's domain. Which people exist, nobody learns: the domain alone is asked. */
export async function beginSignInByEmail(email: string, clock: Clock): Promise<Begun> {
  const route = await routeOf(email);
  if (!route?.connection)
    throw new AppError('invalid', 'Not sent.', {
      fields: { email: ['No organisation here signs this domain in. Ask for a link instead.'] },
    });
  return beginSignIn(route.connection, { purpose: 'sign-in', loginHint: email }, clock);
}
