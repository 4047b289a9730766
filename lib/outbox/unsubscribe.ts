import { z } from 'zod';
import { NEWS, type News } from '@/lib/domain/notice/recipients';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { publicUrl } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { open, seal } from '@/lib/platform/seal';

const PURPOSE = 'unsubscribe';

/** Who gets which news no more: of these teams, by their slugs, or ('') of the organisation. */
export type Unsubscribing = { orgId: OrgId; personId: string; kind: News; teams: string[] };

const schema = z.union([
  z.object({ orgId: z.uuid(), personId: z.uuid(), kind: z.enum(NEWS), teams: z.array(z.string()) }),
  // As the first mails had it.
  z
    .object({ orgId: z.uuid(), personId: z.uuid(), team: z.string() })
    .transform(({ team, ...who }) => ({ ...who, kind: 'report' as const, teams: [team] })),
]);

/**
 * The addresses that end mails, without a sign-in and for nothing else: what they say is sealed. One is for people, who are
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
