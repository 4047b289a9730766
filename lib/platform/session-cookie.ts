import 'server-only';
import { cookies } from 'next/headers';
import { publicUrl } from './env';

/**
 * Over https the `__Host-` prefix makes the browser hold the cookie to this host, path and scheme; it then takes a cookie back, too,
 * only from an answer that says all of this. Lax, so that it comes along when a provider sends the browser back.
 */
function cookie(base = 'gait') {
  const secure = publicUrl().startsWith('https:');
  const name = secure ? `__Host-${base}` : base;
  return { name, secure, httpOnly: true, sameSite: 'lax', path: '/' } as const;
}

/** Of a browser in which a sign-in at a provider is under way. */
const ATTEMPT = 'gait-attempt';
/** Of a browser that asked for a page, and is to sign in first: where it is to come back to, sealed. */
const RETURN = 'gait-return';
/** How long somebody may take to sign in, in seconds. */
const ATTEMPT_LIFE_S = 15 * 60;

export async function readSessionCookie(): Promise<string | null> {
  return (await cookies()).get(cookie().name)?.value ?? null;
}

export async function writeSessionCookie(value: string, maxAgeMs: number): Promise<void> {
  (await cookies()).set({ ...cookie(), value, maxAge: Math.floor(maxAgeMs / 1000) });
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).delete(cookie());
}

export async function readAttemptCookie(): Promise<string | null> {
  return (await cookies()).get(cookie(ATTEMPT).name)?.value ?? null;
}

export async function writeAttemptCookie(value: string): Promise<void> {
  (await cookies()).set({ ...cookie(ATTEMPT), value, maxAge: ATTEMPT_LIFE_S });
}

export async function clearAttemptCookie(): Promise<void> {
  (await cookies()).delete(cookie(ATTEMPT));
}

export async function readReturnCookie(): Promise<string | null> {
  return (await cookies()).get(cookie(RETURN).name)?.value ?? null;
}

export async function writeReturnCookie(value: string): Promise<void> {
  (await cookies()).set({ ...cookie(RETURN), value, maxAge: ATTEMPT_LIFE_S });
}

export async function clearReturnCookie(): Promise<void> {
  (await cookies()).delete(cookie(RETURN));
}
