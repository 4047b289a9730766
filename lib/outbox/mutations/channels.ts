import type { z } from 'zod';
import type { Channel } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { actorText, type Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, isAppError, messageOf, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { checkedUrl } from '@/lib/platform/safe-fetch';
import { seal } from '@/lib/platform/seal';
import { newSigningSecret, sealedForChannel } from '../channel-secrets';
import { trialTelling } from '../data/trial-telling';
import { postTo } from '../post';
import type { addChannelSchema, channelSchema, switchChannelSchema } from '../schema';

/** Enough for any team, and no way to fill the outbox. */
const MOST_CHANNELS = 50;

/** Adds a place that news go to. @returns the secret that a webhook is signed with, which is shown this once; null of others */
export async function addChannel(
  ctx: Ctx,
  { team, kind, name, url, gets }: z.infer<typeof addChannelSchema>,
): Promise<{ id: string; secret: string | null }> {
  const { orgId, clock, actor } = ctx;
  const host = hostOf(url);
  const id = newId();
  const secret = kind === 'webhook' ? newSigningSecret() : null;
  const sealFor = (plain: string) => seal(plain, sealedForChannel({ orgId, id }));
  await inOrg(orgId, async (tx) => {
    await allow(ctx, 'manageChannels', { team: team === '' ? null : team, tx });
    if (team !== '' && !(await tx.team.findUnique({ where: { orgId_slug: { orgId, slug: team } } })))
      throw refusedFields({ team: ['There is no such team.'] });
    if (await tx.channel.findFirst({ where: { orgId, team, name }, select: { id: true } }))
      throw refusedFields({ name: ['Another channel there has this name.'] });
    if ((await tx.channel.count({ where: { orgId } })) >= MOST_CHANNELS)
      throw new AppError('conflict', `There are ${MOST_CHANNELS} channels already: remove one first.`);
    await tx.channel.create({
      data: {
        orgId,
        id,
        team,
        kind,
        name,
        urlSealed: sealFor(url),
        host,
        secretSealed: secret && sealFor(secret),
        gets,
        isOn: true,
        createdAt: clock.now(),
        createdBy: actorText(actor),
      },
    });
    await recordAudit(tx, ctx, {
      act: 'channel.added',
      target: `channel:${id}`,
      after: { name, kind, team: team === '' ? null : team, host, gets },
    });
  });
  return { id, secret };
}

/** The host may be shown; the rest of such an address is a secret. */
function hostOf(url: string): string {
  try {
    return checkedUrl(url).host;
  } catch (error) {
    if (isAppError(error)) throw refusedFields({ url: [error.message] });
    throw error;
  }
}

/** Pauses a channel, or lets it go on. What came up meanwhile is not sent later. */
export async function switchChannel(
  ctx: Ctx,
  { channel: id, isOn }: z.infer<typeof switchChannelSchema>,
): Promise<void> {
  const { orgId } = ctx;
  await inOrg(orgId, async (tx) => {
    const { name, isOn: before } = await managed(tx, ctx, id);
    if (before === isOn) return;
    await tx.channel.update({ where: { orgId_id: { orgId, id } }, data: { isOn } });
    await recordAudit(tx, ctx, {
      act: isOn ? 'channel.resumed' : 'channel.paused',
      target: `channel:${id}`,
      after: { name },
    });
  });
}

/** Removes a channel, with the secrets of it. What waited to be sent there is dropped. */
export async function removeChannel(ctx: Ctx, { channel: id }: z.infer<typeof channelSchema>): Promise<void> {
  const { orgId } = ctx;
  await inOrg(orgId, async (tx) => {
    const { name, kind, team, host } = await managed(tx, ctx, id);
    await tx.channel.delete({ where: { orgId_id: { orgId, id } } });
    await tx.delivery.updateMany({
      where: { orgId, recipient: 'channel', recipientId: id, status: { in: ['waiting', 'dead'] } },
      data: { status: 'dropped', error: 'The channel was removed.', closedAt: ctx.clock.now() },
    });
    await recordAudit(tx, ctx, {
      act: 'channel.removed',
      target: `channel:${id}`,
      before: { name, kind, team: team === '' ? null : team, host },
    });
  });
}

/**
 * Posts a trial: the latest report where there is one. How it went stays with the channel, as of any other post.
 * @throws AppError with what the receiver answered instead of taking it
 */
export async function tryChannel(ctx: Ctx, { channel: id }: z.infer<typeof channelSchema>): Promise<void> {
  const { orgId, clock } = ctx;
  const { channel, telling } = await inOrg(orgId, async (tx) => {
    const found = await managed(tx, ctx, id);
    return { channel: found, telling: await trialTelling(tx, orgId, found.team) };
  });
  const keep = (data: Partial<Pick<Channel, 'lastError' | 'lastSentAt'>>) =>
    inOrg(orgId, (tx) => tx.channel.updateMany({ where: { orgId, id }, data }));
  try {
    await postTo(channel, { telling, id: newId(), at: clock.now() });
  } catch (error) {
    await keep({ lastError: messageOf(error) });
    throw new AppError('conflict', `It was not taken. ${messageOf(error)}`);
  }
  await keep({ lastError: null, lastSentAt: clock.now() });
}

async function managed(tx: Tx, ctx: Ctx, id: string): Promise<Channel> {
  const { orgId } = ctx;
  const channel = await tx.channel.findUnique({ where: { orgId_id: { orgId, id } } });
  await allow(ctx, 'manageChannels', { team: channel?.team || null, tx });
  if (!channel) throw new AppError('not_found', 'There is no such channel.');
  return channel;
}
