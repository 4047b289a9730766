/** A one-time link, looked at without using it up. */
export type SignInLinkPreview =
  | { state: 'ready'; personName: string; organisationName: string }
  | { state: 'used' | 'expired' | 'unknown' };
