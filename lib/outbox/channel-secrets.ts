import { randomBytes } from 'node:crypto';

type Of = { orgId: string; id: string };

/** What a channel's secrets are sealed for: they open nothing else. */
export const sealedForChannel = ({ orgId, id }: Of): string => `channel ${orgId} ${id}`;

/** A secret that a webhook is signed with: 32 bytes, as Standard Webhooks writes them. */
export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
