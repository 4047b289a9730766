import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { insertEvents } from '@/lib/events/mutations';
import { recordByHand } from '@/lib/events/record-by-hand';
import { canRecordByHand } from '@/lib/organisations/ability';
import { actorText, type Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { nudge } from '@/lib/platform/nudge';
import type { classifyTaskSchema, recordReviewSchema, recordTaskSchema } from './schema';

type Written = { workIds: string[] };

/**
 * Records a task as it stands: opened (or, when it is known already, updated), reviewed, and merged or closed by a person.
 * Only days are asked for: it counts as opened when its day began, and as decided when its day ended, or now.
 */
export async function recordTask(ctx: Ctx, input: z.infer<typeof recordTaskSchema>): Promise<Written> {
  const { state, agent, requester, openedOn, decidedOn, reviewer, reviewVerdict, ...facts } = input;
  const { orgId, clock } = ctx;
  const { ref } = input;
  const now = clock.now().getTime();
  const isKnown = (await inOrg(orgId, (tx) => tx.task.count({ where: { orgId, ref } }))) > 0;
  const today = new Date(now).toISOString().slice(0, 10);
  const openedAt = isKnown ? now : Date.parse(openedOn ?? decidedOn ?? today);
  const decidedAt = Math.min(now + 2, Date.parse(decidedOn ?? today) + DAY_MS - 1);
  const task = { ...facts, agent: { key: agent }, ...(requester && { requester: { login: requester } }) };
  const review = reviewer && {
    ref: `by-hand:${newId()}`,
    reviewer: { login: reviewer, kind: 'human' },
    verdict: reviewVerdict,
  };
  return recordByHand(ctx, [
    { type: `dev.gait.task.${isKnown ? 'updated' : 'opened'}.v1`, at: openedAt, data: { task } },
    ...(review
      ? [{ type: 'dev.gait.review.submitted.v1', at: decidedAt - 1, data: { task: { ref }, review } }]
      : []),
    ...(state === 'open'
      ? []
      : [{ type: `dev.gait.task.${state}.v1`, at: decidedAt, data: ENDED[state](ref) }]),
  ]);
}

const DAY_MS = 86_400_000;

const ENDED = {
  merged: (ref: string) => ({ task: { ref } }),
  closed: (ref: string) => ({ task: { ref }, cause: 'human' }),
} as const;

export function recordReview(
  ctx: Ctx,
  { task, reviewer, verdict, headSha }: z.infer<typeof recordReviewSchema>,
): Promise<Written> {
  const review = {
    ref: `by-hand:${newId()}`,
    reviewer: { login: reviewer, kind: 'human' },
    verdict,
    ...(headSha && { headSha }),
  };
  return recordByHand(ctx, [{ type: 'dev.gait.review.submitted.v1', data: { task: { ref: task }, review } }]);
}

/** Overrides the kind of work. The override stands in the record with its reason; the latest one counts. */
export async function classifyTask(
  ctx: Ctx,
  { task: ref, category, reason }: z.infer<typeof classifyTaskSchema>,
): Promise<Written> {
  const { orgId, actor, clock } = ctx;
  if (!canRecordByHand(actor))
    throw new AppError('forbidden', 'Auditors read everything and change nothing.');
  const by = actor.kind === 'user' ? actor.name : actorText(actor);
  const written = await inOrg(orgId, async (tx) => {
    const task = await tx.task.findUnique({
      where: { orgId_ref: { orgId, ref } },
      select: { category: true },
    });
    if (!task) throw new AppError('not_found', 'There is no such task.');
    if (!(await tx.category.findUnique({ where: { orgId_key: { orgId, key: category } } })))
      throw new AppError('invalid', 'This kind of work is not known.');
    const at = clock.now();
    const data = { task: { ref }, category, by, reason };
    const event = {
      source: 'gait',
      id: newId(),
      type: 'dev.gait.task.classified.v1',
      at: at.getTime(),
      taskRef: ref,
      incidentRef: null,
      lane: null,
      data,
    } as const;
    await recordAudit(tx, ctx, {
      act: 'task.classified',
      target: `task:${ref}`,
      before: { category: task.category },
      after: { category },
      reason,
    });
    return insertEvents(tx, orgId, at, [{ from: actorText(actor), events: [event] }]);
  });
  nudge();
  return { workIds: written.workIds };
}
