export type TokenRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  /** The only team that it speaks for, by slug and by name; null for the whole organisation. */
  team: string | null;
  teamName: string | null;
  /** The connection whose directory it writes; null for all others. */
  connection: string | null;
  /** Another token has taken its place, and it ends soon. */
  replaced: boolean;
  /** The prefix of the token whose place it took, while that one still works. */
  besides: string | null;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  expired: boolean;
};

export type TokenScope = { key: string; description: string };

export type TokenList = { items: TokenRow[]; scopes: TokenScope[]; teams: { slug: string; name: string }[] };
