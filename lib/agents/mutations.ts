import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import type { registerAgentSchema } from './schema';

/** Registers an agent, or a shadow agent that evidence has named, under a sponsor. An agent is registered once. */
export async function registerAgent(ctx: Ctx, input: z.infer<typeof registerAgentSchema>): Promise<void> {
  await allow(ctx, 'registerAgents');
  const { orgId, clock } = ctx;
  const { key, sponsor: sponsorId, ...facts } = input;
  await inOrg(orgId, async (tx) => {
    const sponsor = await tx.person.findFirst({
      where: { orgId, id: sponsorId, removedAt: null },
      select: { name: true },
    });
    if (!sponsor) throw new AppError('invalid', 'The sponsor must be a person of this organisation.');
    const known = await tx.agent.findUnique({ where: { orgId_key: { orgId, key } } });
    if (known?.registeredAt) throw new AppError('conflict', `${key} is registered already.`);
    const data = { ...facts, sponsorId, status: 'active', registeredAt: clock.now() };
    await tx.agent.upsert({
      where: { orgId_key: { orgId, key } },
      create: { orgId, key, ...data },
      update: data,
    });
    await recordAudit(tx, ctx, {
      act: 'agent.registered',
      target: `agent:${key}`,
      after: { ...facts, sponsor: sponsor.name },
    });
  });
}
