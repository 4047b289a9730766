import type { Role } from '@/lib/domain/ability';
import type { Document } from './schema/read-resource';

/** A user as the database holds it, with the groups it is in. */
export type StoredUser = {
  id: string;
  document: Document;
  active: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  groups: readonly { id: string; displayName: string }[];
};

/** A group as the database holds it; `members` is undefined where nobody asked for them. */
export type StoredGroup = {
  id: string;
  displayName: string;
  externalId: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  members?: readonly { id: string; display: string }[];
};

export type Page<Row> = { totalResults: number; startIndex: number; rows: readonly Row[] };

/** What a connection's page says of its directory. */
export type DirectoryView = {
  baseUrl: string;
  users: { active: number; switchedOff: number };
  groups: number;
  /** To the minute; null = it has never spoken. */
  lastSpokeAt: string | null;
  tokens: { id: string; prefix: string; expiresAt: string; lastUsedAt: string | null }[];
  /** Whom the directory knows, and where their groups put them; the first of them where there are many. */
  people: {
    personId: string;
    name: string;
    userName: string;
    active: boolean;
    groups: string[];
    roles: { role: Role; team: string | null }[];
  }[];
  /** Why this reader may not make a token, in a sentence; null when they may. */
  cannotManage: string | null;
};
