/** The header in which the launcher tells the pages who asks. What comes in under this name from outside is dropped. */
export const CLIENT_HEADER = 'x-gait-client';

/**
 * The address that a request comes from: of its connection, or, behind `proxies` proxies of one's own, the one that the outermost
 * of them saw. Everything further left in X-Forwarded-For was written by whoever sent the request, and is not believed.
 */
export function clientAddress(forwarded: string | undefined, connection: string, proxies: number): string {
  if (proxies === 0) return connection;
  const seen = [...(forwarded ?? '').split(',').map((part) => part.trim()), connection].filter(Boolean);
  return seen.at(-1 - proxies) ?? seen[0] ?? connection;
}

/** Who asks, as the launcher has told the doors. */
export function addressOf({ header }: { header(name: string): string | null }): string {
  return header(CLIENT_HEADER) ?? 'unknown';
}
