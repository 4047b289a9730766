export type TokenRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  expired: boolean;
};

export type TokenScope = { key: string; description: string };

export type TokenList = { items: TokenRow[]; scopes: TokenScope[] };
