import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The header in which the launcher tells the pages who asks. What comes in under this name from outside is dropped. */
export const CLIENT_HEADER = 'x-gait-client';

/**
 * The network that a request comes from: that of its connection, or, behind `proxies` proxies of one's own, of the address that the
 * outermost of them saw. Everything further left in X-Forwarded-For was written by whoever sent the request, and is not believed.
 * An IPv4 address stands for itself; of an IPv6 address, the /64 counts, all of which one caller has.
 */
export function clientAddress(forwarded: string | undefined, connection: string, proxies: number): string {
  const own = networkOf(connection) ?? connection;
  if (proxies === 0) return own;
  const seen = [...(forwarded ?? '').split(',').map((part) => part.trim()), connection].filter(Boolean);
  // What is no address makes nobody new: it counts as the proxy that wrote it.
  return networkOf(seen.at(-1 - proxies) ?? seen[0] ?? connection) ?? own;
}

/** Who asks, as the launcher has told the doors. */
export function addressOf({ header }: { header(name: string): string | null }): string {
  return header(CLIENT_HEADER) ?? 'unknown';
}

const IN_BRACKETS = /^\[([^\]]+)\](?::\d{1,5})?$/;
const WITH_PORT = /^([\d.]+):\d{1,5}$/;

/** Some proxies write the port, too. */
function networkOf(written: string): string | null {
  const bare = written.replace(/^"(.*)"$/, '$1');
  const address = (IN_BRACKETS.exec(bare) ?? WITH_PORT.exec(bare))?.[1] ?? bare;
  if (isIPv4(address)) return address;
  const [unzoned = ''] = address.split('%');
  if (!isIPv6(unzoned)) return null;
  const { parts } = ipaddr.IPv6.parse(unzoned);
  const prefix = parts.slice(0, 4).map((part) => part.toString(16));
  return ipv4In(parts) ?? `${prefix.join(':')}::/64`;
}

/** The IPv4 address of whom an IPv6 address stands for: mapped, translated (64:ff9b::/96) or tunnelled (2002::/16). */
function ipv4In(parts: readonly number[]): string | null {
  const start = parts
    .slice(0, 6)
    .map((part) => part.toString(16))
    .join(':');
  const isLast = start === '0:0:0:0:0:ffff' || start === '64:ff9b:0:0:0:0';
  const [high, low] = isLast ? parts.slice(6) : parts[0] === 0x2002 ? parts.slice(1) : [];
  if (high === undefined || low === undefined) return null;
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
