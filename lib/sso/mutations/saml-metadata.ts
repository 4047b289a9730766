import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError, isAppError, messageOf, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { logger } from '@/lib/platform/logger';
import { safeFetch } from '@/lib/platform/safe-fetch';
import { findConnection, mergeSettings, type SamlLive } from '../data/connections';
import { MOST_METADATA_BYTES, readProviderMetadata } from '../saml/provider-metadata';
import { XmlProblem } from '../saml/xml';
import type { SamlConnection, SamlProvider, SamlSettings } from '../schema';

const DAY_MS = 24 * 60 * 60_000;
/** After a failure it is asked for again no sooner than so, in ms. */
const PAUSE_MS = 60 * 60_000;
/** A sign-in waits no longer for it than so, in ms. */
const PATIENCE_MS = 3_000;

type Given = Pick<SamlConnection, 'metadataUrl' | 'metadataXml'>;
export type ReadMetadata = Pick<
  SamlSettings,
  'provider' | 'metadataUrl' | 'metadataReadAt' | 'metadataAskedAt'
>;

/**
 * Reads the metadata that an admin gave, by its address or as text; what was kept stays when nothing was given.
 * @throws AppError `invalid` beside the field
 */
export async function readGivenMetadata(
  { metadataUrl, metadataXml }: Given,
  kept: SamlSettings | null,
  now: Date,
): Promise<ReadMetadata> {
  if (metadataXml !== null && metadataUrl !== null)
    throw refusedFields({ metadataXml: ['Give either the address or the text of the metadata.'] });
  const readAt = { metadataReadAt: now.toISOString(), metadataAskedAt: now.toISOString() };
  if (metadataXml !== null)
    return { provider: read(metadataXml, 'metadataXml', now), metadataUrl: null, ...readAt };
  if (metadataUrl !== null)
    return { provider: await fetchMetadata(metadataUrl, now), metadataUrl, ...readAt };
  if (kept === null) throw refusedFields({ metadataUrl: ['Give the address or the text of the metadata.'] });
  const { provider, metadataReadAt, metadataAskedAt } = kept;
  return { provider, metadataUrl: kept.metadataUrl, metadataReadAt, metadataAskedAt };
}

async function fetchMetadata(url: string, now: Date, timeoutMs?: number): Promise<SamlProvider> {
  const { status, body } = await safeFetch(url, {
    maxBytes: MOST_METADATA_BYTES,
    headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml' },
    ...(timeoutMs !== undefined && { timeoutMs }),
  }).catch((error: unknown) => {
    throw refusedFields({ metadataUrl: [isAppError(error) ? error.message : 'It cannot be read.'] });
  });
  if (status !== 200)
    throw refusedFields({ metadataUrl: [`The address answers with the status ${status}.`] });
  return read(body, 'metadataUrl', now);
}

function read(xml: string, field: 'metadataUrl' | 'metadataXml', now: Date): SamlProvider {
  try {
    return readProviderMetadata(xml, now);
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    throw refusedFields({ [field]: [`The metadata is refused: ${error.message}.`] });
  }
}

/** Reads the metadata again, now. @returns what to tell the person */
export async function rereadMetadata(ctx: Ctx, { connection: id }: { connection: string }): Promise<string> {
  await allow(ctx, 'manageSignIn');
  const connection = await inOrg(ctx.orgId, (tx) => findConnection(tx, ctx.orgId, id));
  if (connection?.kind !== 'saml') throw new AppError('not_found', 'This connection is gone.');
  const { metadataUrl } = connection.settings;
  if (metadataUrl === null)
    throw new AppError('conflict', 'The metadata was pasted: paste the new one under the settings.');
  const { changed } = await renew(ctx, connection, await fetchMetadata(metadataUrl, ctx.clock.now()));
  return changed
    ? 'Read, and changed: the certificates or the address are new.'
    : 'Read: nothing has changed.';
}

/** The connection with metadata no older than a day, where the provider can be asked; what is known stands where it cannot. */
export async function withFreshMetadata(connection: SamlLive, clock: Clock): Promise<SamlLive> {
  const { orgId, id, settings } = connection;
  const { metadataUrl, metadataReadAt, metadataAskedAt } = settings;
  const now = clock.now();
  const isDue =
    now.getTime() - Date.parse(metadataReadAt) >= DAY_MS &&
    now.getTime() - Date.parse(metadataAskedAt) >= PAUSE_MS;
  if (metadataUrl === null || !isDue) return connection;
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'metadata' }, clock, requestId: newId() };
  try {
    const provider = await fetchMetadata(metadataUrl, now, PATIENCE_MS);
    return { ...connection, settings: (await renew(ctx, connection, provider)).settings };
  } catch (error) {
    logger().warn({ connectionId: id, reason: reasonOf(error) }, 'metadata not read again');
    await inOrg(orgId, (tx) => mergeSettings(tx, orgId, id, { metadataAskedAt: now.toISOString() }));
    return connection;
  }
}

function reasonOf(error: unknown): string {
  return isAppError(error) && error.fields ? Object.values(error.fields).flat().join(' ') : messageOf(error);
}

async function renew(
  ctx: Ctx,
  { id, settings }: SamlLive,
  provider: SamlProvider,
): Promise<{ changed: boolean; settings: SamlSettings }> {
  const { orgId, clock } = ctx;
  if (provider.entityId !== settings.provider.entityId)
    throw refusedFields({
      metadataUrl: [`It now describes ${provider.entityId}, which is another provider.`],
    });
  const { ssoUrl, certificates } = settings.provider;
  const changed = provider.ssoUrl !== ssoUrl || provider.certificates.join() !== certificates.join();
  const at = clock.now().toISOString();
  const read = { provider, metadataReadAt: at, metadataAskedAt: at };
  await inOrg(orgId, async (tx) => {
    await mergeSettings(tx, orgId, id, read);
    if (changed)
      await recordAudit(tx, ctx, {
        act: 'connection.metadata_changed',
        target: `connection:${id}`,
        before: settings.provider,
        after: provider,
      });
  });
  return { changed, settings: { ...settings, ...read } };
}
