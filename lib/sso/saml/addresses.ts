import { publicUrl } from '@/lib/platform/env';

/** A SAML connection as addresses name it: base64url of its organisation's id and its own, 16 bytes each. */
export function samlRefOf(orgId: string, connectionId: string): string {
  return Buffer.from(`${orgId}${connectionId}`.replaceAll('-', ''), 'hex').toString('base64url');
}

/** What an address names; null when it is none of ours. It proves nothing: whoever reads it looks inside that organisation alone. */
export function readSamlRef(ref: string): { orgId: string; connectionId: string } | null {
  const bytes = Buffer.from(ref, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== ref) return null;
  const uuid = (hex: string) =>
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  const hex = bytes.toString('hex');
  return { orgId: uuid(hex.slice(0, 32)), connectionId: uuid(hex.slice(32)) };
}

export type SamlAddresses = { entityId: string; acsUrl: string; metadataUrl: string };

/** What an identity provider is told of Gait; each connection has its own, so that no answer is taken for another's. */
export function samlAddressesOf(orgId: string, connectionId: string): SamlAddresses {
  const base = `${publicUrl()}/api/auth/saml/${samlRefOf(orgId, connectionId)}`;
  return { entityId: `${base}/metadata`, acsUrl: `${base}/acs`, metadataUrl: `${base}/metadata` };
}
