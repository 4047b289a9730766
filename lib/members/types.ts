import type { Grant } from '@/lib/domain/ability';

export type MemberGrant = Grant & {
  /** `hand`: an admin gave it. `group`: membership of a provider's group does, and only there can it be taken away. */
  source: 'hand' | 'group';
};

export type MemberRow = {
  id: string;
  name: string;
  email: string | null;
  grants: MemberGrant[];
  /** An owner whom a link signs in even where single sign-on is enforced. */
  breakGlass: boolean;
  /** Set while they may not sign in. */
  removedAt: string | null;
  lastSeenAt: string | null;
  openSessions: number;
  /** How they can sign in: names of connections, or `e-mail link`. */
  signsInBy: string[];
};

export type InvitationRow = {
  id: string;
  name: string;
  email: string | null;
  grants: Grant[];
  invitedBy: string;
  expiresAt: string;
  expired: boolean;
};

export type MembersPage = {
  people: MemberRow[];
  invitations: InvitationRow[];
  teams: { slug: string; name: string }[];
  /** Why this reader may not change people, in a sentence; null when they may. */
  cannotManage: string | null;
};

export type SessionRow = {
  id: string;
  via: string;
  createdAt: string;
  lastSeenAt: string;
  userAgent: string | null;
  /** The one that the page is looked at with. */
  isThis: boolean;
};

export type MemberPage = {
  person: MemberRow;
  isSelf: boolean;
  /** Null for readers whom they are no business of. */
  sessions: SessionRow[] | null;
  /** Connections that the reader, looking at themselves, may connect: they are on, and do not know them yet. */
  connectable: { id: string; name: string }[];
  teams: { slug: string; name: string }[];
  cannotManage: string | null;
  /** The person owns the organisation, and this reader may say whether they break the glass. */
  mayLetBreakGlass: boolean;
};

/** What a link to join leads to. */
export type InvitationPreview =
  | { state: 'unknown' | 'used' | 'expired' }
  | { state: 'ready'; name: string; organisationName: string; roles: string };
