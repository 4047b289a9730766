import type { Prisma } from '@/generated/prisma/client';
import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';

export type AuditEntry = {
  /** What was done, in the past tense: `token.created`. */
  act: string;
  /** What it was done to, as `kind:id`. */
  target: string;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
  reason?: string;
  policyVersion?: number;
};

/** Writes down a deed in the transaction that does it: either both stand or neither. */
export async function recordAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  await tx.audit.create({
    data: {
      orgId: ctx.orgId,
      id: newId(),
      at: ctx.clock.now(),
      actor: ctx.actor,
      requestId: ctx.requestId,
      ...entry,
    },
  });
}
