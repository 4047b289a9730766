import { Prisma } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit/record';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { findConnection, mergeSettings, type SamlLive, sealedFor } from '../data/connections';
import { makeOwnKey } from '../saml/keys';
import type { SamlConnection, SamlSettings } from '../schema';
import { allowSetup } from './allow-setup';
import { endTrials } from './attempts';
import { readGivenMetadata } from './saml-metadata';

/** Adds a SAML provider, as a draft, with a key of Gait's own: it must be tried before it can be switched on. */
export async function addSamlConnection(ctx: Ctx, input: SamlConnection): Promise<{ id: string }> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  const metadata = await readGivenMetadata(input, null, clock.now());
  const { privateKey, certificate } = await makeOwnKey(clock.now());
  const settings: SamlSettings = { ...metadata, ...rulesOf(input), certificates: [certificate] };
  const id = newId();
  const { name, joining } = input;
  await inOrg(orgId, async (tx) => {
    await tx.connection.create({
      data: {
        orgId,
        id,
        kind: 'saml',
        name,
        status: 'draft',
        settings,
        secretSealed: seal(JSON.stringify([privateKey]), sealedFor(orgId, id)),
        joining,
        createdAt: clock.now(),
      },
    });
    await recordAudit(tx, ctx, {
      act: 'connection.added',
      target: `connection:${id}`,
      after: { name, settings, joining },
    });
  });
  return { id };
}

/** Changes a SAML provider. What its trial showed no longer holds, so it must be tried anew before it is next switched on. */
export async function changeSamlConnection(
  ctx: Ctx,
  { connection: id, ...input }: SamlConnection & { connection: string },
): Promise<{ isOn: boolean }> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  const before = await findSaml(ctx, id);
  const metadata = await readGivenMetadata(input, before.settings, clock.now());
  const settings = { ...metadata, ...rulesOf(input) };
  const { name, joining } = input;
  await inOrg(orgId, async (tx) => {
    await tx.connection.update({
      where: { orgId_id: { orgId, id } },
      data: { name, joining, trial: Prisma.DbNull, triedAt: null },
    });
    await endTrials(tx, orgId, id, clock);
    await mergeSettings(tx, orgId, id, settings);
    await recordAudit(tx, ctx, {
      act: 'connection.changed',
      target: `connection:${id}`,
      before: { settings: before.settings, joining: before.joining },
      after: { name, settings, joining },
    });
  });
  return { isOn: before.status === 'on' };
}

function rulesOf(input: SamlConnection) {
  const { subjectClaim: subject, emailClaim: email, nameClaim: name, groupsClaim: groups } = input;
  const { trustsAddresses, allowIdpInitiated } = input;
  return { claims: { subject, email, name, groups }, trustsAddresses, allowIdpInitiated };
}

/** Makes the next certificate: both are in our metadata, and both open what is encrypted, until the old one is dropped. */
export async function addNextCertificate(
  ctx: Ctx,
  { connection: id }: { connection: string },
): Promise<void> {
  await allowSetup(ctx);
  const { settings, keys } = await findSaml(ctx, id);
  if (keys.length > 1) throw new AppError('conflict', 'The next certificate is there already.');
  const { privateKey, certificate } = await makeOwnKey(ctx.clock.now());
  await keepKeys(ctx, id, settings, [...settings.certificates, certificate], [...keys, privateKey]);
}

/** Takes the next certificate into use and drops the old one: the provider must have read our metadata since. */
export async function takeNextCertificate(
  ctx: Ctx,
  { connection: id }: { connection: string },
): Promise<void> {
  await allowSetup(ctx);
  const { settings, keys } = await findSaml(ctx, id);
  if (keys.length < 2) throw new AppError('conflict', 'Make the next certificate first.');
  await keepKeys(ctx, id, settings, settings.certificates.slice(1), keys.slice(1));
}

async function keepKeys(
  ctx: Ctx,
  id: string,
  settings: SamlSettings,
  certificates: string[],
  keys: string[],
): Promise<void> {
  const { orgId } = ctx;
  await inOrg(orgId, async (tx) => {
    const { count } = await tx.connection.updateMany({
      // Of two who click at once, one wins: the other's key would not fit the certificates.
      where: { orgId, id, settings: { path: ['certificates'], equals: settings.certificates } },
      data: { secretSealed: seal(JSON.stringify(keys), sealedFor(orgId, id)) },
    });
    if (count === 0) throw new AppError('conflict', 'Somebody else has just changed the certificates.');
    await mergeSettings(tx, orgId, id, { certificates });
    await recordAudit(tx, ctx, {
      act: 'connection.certificates_changed',
      target: `connection:${id}`,
      before: { certificates: settings.certificates },
      after: { certificates },
    });
  });
}

async function findSaml({ orgId }: Ctx, id: string): Promise<SamlLive> {
  const connection = await inOrg(orgId, (tx) => findConnection(tx, orgId, id));
  if (connection?.kind !== 'saml') throw new AppError('not_found', 'This connection is gone.');
  return connection;
}
