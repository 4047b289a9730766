import { AppError } from '@/lib/platform/errors';

/** The words of RFC 7644 §3.12 for what is wrong with a request. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

/** Refuses a request in SCIM's own words: 400, or 409 where something of that name is there already. */
export function refusal(scimType: ScimType, detail: string): AppError {
  return new AppError(scimType === 'uniqueness' ? 'conflict' : 'bad_request', detail, { subtype: scimType });
}

/** What a refusal quotes of a request: short, whatever was sent. */
export function quoted(text: string): string {
  return `“${text.length > 80 ? `${text.slice(0, 80)}…` : text}”`;
}
