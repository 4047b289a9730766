/**
 * The framework hands out the parts of a path half decoded, so that a percent sign which belongs to a name cannot be told from
 * one which encodes something. So such a sign is written `~p`, and `~` itself `~~`.
 */
export function encodePart(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~~').replaceAll('%', '~p'));
}
