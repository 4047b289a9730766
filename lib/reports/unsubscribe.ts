import { z } from 'zod';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { publicUrl } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { open, seal } from '@/lib/platform/seal';

const PURPOSE = 'unsubscribe';

/** Who gets which report no more: of a team by its slug, or ('') of the organisation. */
export type Unsubscribing = { orgId: OrgId; personId: string; team: string };

const schema = z.object({ orgId: z.uuid(), personId: z.uuid(), team: z.string() });

/**
 * The addresses that end a report's mails, without a sign-in and for nothing else: what they say is sealed. One is for people, who are
 * asked first; one for mail clients, which post to it (RFC 8058).
 */
export function unsubscribeUrlsOf(who: Unsubscribing): { page: string; oneClick: string } {
  const query = `?of=${seal(JSON.stringify(who), PURPOSE)}`;
  return { page: `${publicUrl()}/unsubscribe${query}`, oneClick: `${publicUrl()}/api/unsubscribe${query}` };
}

/** @returns null of what Gait did not write */
export function readUnsubscribing(sealed: string): Unsubscribing | null {
  try {
    const { orgId, ...rest } = schema.parse(JSON.parse(open(sealed, PURPOSE)));
    return { ...rest, orgId: vouchForOrg(orgId) };
  } catch (error) {
    if (isAppError(error) || error instanceof z.ZodError || error instanceof SyntaxError) return null;
    throw error;
  }
}
