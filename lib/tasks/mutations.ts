import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { actorKind, loginKey } from '@/lib/domain/actor';
import { lateReview } from '@/lib/domain/late-review';
import { isReported, requireTask } from '@/lib/events/known-refs';
import { EVERY_TEAM, insertEvents } from '@/lib/events/mutations';
import { type HandEvent, recordByHand } from '@/lib/events/record-by-hand';
import { refuseFuture } from '@/lib/events/typed-time';
import { allow } from '@/lib/members/allow';
import { actorText, type Ctx, type OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { nudge } from '@/lib/platform/nudge';
import type { classifyTaskSchema, recordReviewSchema, recordTaskSchema } from './schema';
import type { TaskState } from './types';

type Written = { workIds: string[] };

/**
 * Records a task as it stands: opened, reviewed, and merged or closed by a person. A reference that another task has is refused,
 * unless the person means that one. Only days are asked for: it counts as opened when its day began, and as decided when its day
 * ended, or now.
 */
export function recordTask(ctx: Ctx, input: z.infer<typeof recordTaskSchema>): Promise<Written> {
  return recordByHand(ctx, async (tx) => {
    const isKnown = await isReported(tx, ctx.orgId, 'task', input.ref);
    if (isKnown && !input.change) throw await takenBy(tx, ctx.orgId, input.ref);
    if (input.reviewer) await requirePerson(tx, ctx.orgId, input.reviewer);
    return tellTask(input, isKnown, ctx.clock.now().getTime());
  });
}

function tellTask(
  {
    state,
    agent,
    requester,
    openedOn,
    decidedOn,
    reviewer,
    reviewVerdict,
    change: _,
    ...facts
  }: z.infer<typeof recordTaskSchema>,
  isKnown: boolean,
  now: number,
): HandEvent[] {
  const { ref } = facts;
  const today = new Date(now).toISOString().slice(0, 10);
  refuseDaysAfter(today, { openedOn, decidedOn });
  const openedAt = isKnown ? now : Date.parse(openedOn ?? decidedOn ?? today);
  const decidedAt = Math.min(now + 2, Date.parse(decidedOn ?? today) + DAY_MS - 1);
  const task = { ...facts, agent: { key: agent }, ...(requester && { requester: { login: requester } }) };
  const review = reviewer && {
    ref: `by-hand:${newId()}`,
    reviewer: { login: reviewer, kind: 'human' },
    verdict: reviewVerdict,
  };
  return [
    { type: `dev.gait.task.${isKnown ? 'updated' : 'opened'}.v1`, at: openedAt, data: { task } },
    ...(review
      ? [{ type: 'dev.gait.review.submitted.v1', at: decidedAt - 1, data: { task: { ref }, review } }]
      : []),
    ...(state === 'open'
      ? []
      : [{ type: `dev.gait.task.${state}.v1`, at: decidedAt, data: ENDED[state](ref) }]),
  ];
}

function refuseDaysAfter(today: string, days: Record<string, string | undefined>): void {
  const late = Object.entries(days).filter(([, day]) => day !== undefined && day > today);
  if (late.length === 0) return;
  throw refusedFields(Object.fromEntries(late.map(([name]) => [name, ['This day has not come yet (UTC).']])));
}

/** The form vouches that a person reviewed; it does not do so for a login that is a bot's or an agent's. */
async function requirePerson(tx: Tx, orgId: OrgId, login: string): Promise<void> {
  const key = { equals: loginKey(login), mode: 'insensitive' } as const;
  const isAgent = actorKind({ login }) !== 'human' || (await tx.agent.count({ where: { orgId, key } })) > 0;
  if (isAgent)
    throw refusedFields({ reviewer: [`${login} is an agent or a bot. Name the person who reviewed.`] });
}

async function takenBy(tx: Tx, orgId: OrgId, ref: string): Promise<AppError> {
  const task = await tx.task.findUnique({
    where: { orgId_ref: { orgId, ref } },
    select: { title: true, team: true },
  });
  const team = task && (await tx.team.findUnique({ where: { orgId_slug: { orgId, slug: task.team } } }));
  const who = task ? `“${task.title ?? ref}” of ${team?.name ?? task.team}` : 'A task that has just come in';
  return new AppError('conflict', 'Not saved: the reference is taken.', {
    fields: { ref: [`${who} has this reference already.`] },
  });
}

const DAY_MS = 86_400_000;

const ENDED = {
  merged: (ref: string) => ({ task: { ref } }),
  closed: (ref: string) => ({ task: { ref }, cause: 'human' }),
} as const;

/**
 * Records a review, given at a time or now. `tell` says when it came too late to count: a person who records it afterwards may not
 * think of saying when it was given.
 */
export async function recordReview(
  ctx: Ctx,
  { task, reviewer, verdict, headSha, at = ctx.clock.now().getTime() }: z.infer<typeof recordReviewSchema>,
): Promise<Written & { tell(): Promise<{ message: string; isCaution: boolean }> }> {
  const { orgId, clock } = ctx;
  refuseFuture(at, clock.now().getTime());
  const review = {
    ref: `by-hand:${newId()}`,
    reviewer: { login: reviewer, kind: 'human' },
    verdict,
    ...(headSha && { headSha }),
  };
  const { workIds } = await recordByHand(ctx, async (tx) => {
    await requireTask(tx, orgId, task);
    await requirePerson(tx, orgId, reviewer);
    return [{ type: 'dev.gait.review.submitted.v1', at, data: { task: { ref: task }, review } }];
  });
  const tell = async () => {
    const decided = await inOrg(orgId, (tx) =>
      tx.task.findUnique({
        where: { orgId_ref: { orgId, ref: task } },
        select: { state: true, decidedAt: true },
      }),
    );
    const late = decided && lateReview(decided.state as TaskState, decided.decidedAt?.getTime() ?? null, at);
    const message = [`Recorded the review of ${task}.`, late].filter(Boolean).join(' ');
    return { message, isCaution: Boolean(late) };
  };
  return { workIds, tell };
}

/** Overrides the kind of work. The override stands in the record with its reason; the latest one counts. */
export async function classifyTask(
  ctx: Ctx,
  { task: ref, category, reason }: z.infer<typeof classifyTaskSchema>,
): Promise<Written> {
  const { orgId, actor, clock } = ctx;
  const by = actor.kind === 'user' ? actor.name : actorText(actor);
  const written = await inOrg(orgId, async (tx) => {
    const task = await tx.task.findUnique({
      where: { orgId_ref: { orgId, ref } },
      select: { category: true, team: true },
    });
    if (!task) throw new AppError('not_found', 'There is no such task.');
    await allow(ctx, 'recordByHand', { team: task.team, tx });
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
    const result = await insertEvents(tx, orgId, at, [
      { from: actorText(actor), senderTeam: EVERY_TEAM, events: [event] },
    ]);
    await recordAudit(tx, ctx, {
      act: 'task.classified',
      target: `task:${ref}`,
      before: { category: task.category },
      after: { category },
      reason,
    });
    return result;
  });
  nudge();
  return { workIds: written.workIds };
}
