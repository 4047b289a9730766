import { z } from 'zod';
import { RECEIVER_LIMITS } from '@/lib/domain/notice/receiver-limits';
import { NEWS, type News } from '@/lib/domain/notice/recipients';
import { bytesOf } from '@/lib/domain/report/shortened';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { publicUrl } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { open, seal } from '@/lib/platform/seal';

const PURPOSE = 'unsubscribe';

type Who = { orgId: OrgId; personId: string; kind: News };

/** Who gets which news no more: of these teams, by their slugs, or ('') of the organisation; or of those that a delivery was about. */
export type Unsubscribing = Who & ({ teams: string[] } | { deliveryId: string });

const schema = z.union([
  z.object({ orgId: z.uuid(), personId: z.uuid(), kind: z.enum(NEWS), teams: z.array(z.string()) }),
  z.object({ orgId: z.uuid(), personId: z.uuid(), kind: z.enum(NEWS), deliveryId: z.uuid() }),
  // As the first mails had it.
  z
    .object({ orgId: z.uuid(), personId: z.uuid(), team: z.string() })
    .transform(({ team, ...who }) => ({ ...who, kind: 'report' as const, teams: [team] })),
]);

/** How long such an address may be, to stand in a line of a mail's header. */
const LONGEST = RECEIVER_LIMITS.mailHeaderLine.ours - bytesOf('List-Unsubscribe: <>');

export type UnsubscribeUrls = { page: string; oneClick: string };

/**
 * The addresses that end mails, without a sign-in and for nothing else: what they say is sealed. One is for people, who are
 * asked first; one for mail clients, which post to it (RFC 8058). Where the names of the teams are too long for it, it names the
 * delivery instead.
 */
export function unsubscribeUrlsOf(who: Who & { teams: string[] }, deliveryId?: string): UnsubscribeUrls {
  const urls = urlsOf(who);
  if (deliveryId === undefined || bytesOf(urls.oneClick) <= LONGEST) return urls;
  const { orgId, personId, kind } = who;
  return urlsOf({ orgId, personId, kind, deliveryId });
}

function urlsOf(said: Unsubscribing): UnsubscribeUrls {
  const query = `?of=${seal(JSON.stringify(said), PURPOSE)}`;
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
