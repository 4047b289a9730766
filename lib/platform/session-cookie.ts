import 'server-only';
import { cookies } from 'next/headers';
import { publicUrl } from './env';

/** Over https the `__Host-` prefix makes the browser hold the cookie to this host, path and scheme. */
function cookie(base = 'gait'): { name: string; secure: boolean } {
  const secure = publicUrl().startsWith('https:');
  return { name: secure ? `__Host-${base}` : base, secure };
}

/** Of a browser in which a sign-in at a provider is under way. */
const ATTEMPT = 'gait-attempt';
const ATTEMPT_LIFE_S = 15 * 60;

export async function readSessionCookie(): Promise<string | null> {
  return (await cookies()).get(cookie().name)?.value ?? null;
}

export async function writeSessionCookie(secret: string, maxAgeMs: number): Promise<void> {
  const { name, secure } = cookie();
  (await cookies()).set(name, secret, {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    maxAge: Math.floor(maxAgeMs / 1000),
  });
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).delete(cookie().name);
}

export async function readAttemptCookie(): Promise<string | null> {
  return (await cookies()).get(cookie(ATTEMPT).name)?.value ?? null;
}

/** Lax, so that it comes along when the provider sends the browser back. */
export async function writeAttemptCookie(secret: string): Promise<void> {
  const { name, secure } = cookie(ATTEMPT);
  (await cookies()).set(name, secret, {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    maxAge: ATTEMPT_LIFE_S,
  });
}

export async function clearAttemptCookie(): Promise<void> {
  (await cookies()).delete(cookie(ATTEMPT).name);
}
