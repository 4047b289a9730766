import 'server-only';
import { cookies } from 'next/headers';
import { publicUrl } from './env';

/** Over https the `__Host-` prefix makes the browser hold the cookie to this host, path and scheme. */
function cookie(): { name: string; secure: boolean } {
  const secure = publicUrl().startsWith('https:');
  return { name: secure ? '__Host-gait' : 'gait', secure };
}

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
