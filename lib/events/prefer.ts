/** A request waits so many seconds at most; who asks for more waits as long. */
const MAX_WAIT_SECONDS = 30;

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const WAIT = /(?:^|,)\s*wait\s*(?:=\s*([^,;]*))?(?=[,;]|$)/i;

/**
 * The seconds that `Prefer: wait=…` (RFC 7240) asks for, as far as they are granted; null when it asks for none. Of several the first
 * counts, and one that cannot be read is passed over: a preference never makes a request fail.
 */
export function waitAskedFor(header: string | null): number | null {
  const plain = header?.replace(QUOTED, (text) => (/^"\d+"$/.test(text) ? text : '""'));
  const [, said = ''] = plain?.match(WAIT) ?? [];
  const [, bare, quoted] = /^(?:(\d+)|"(\d+)")\s*$/.exec(said) ?? [];
  const seconds = bare ?? quoted;
  return seconds === undefined ? null : Math.min(Number(seconds), MAX_WAIT_SECONDS);
}
