import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { nudge } from '@/lib/platform/nudge';
import { slugOfTeam } from './data';
import type { assignRepositorySchema } from './schema';

/** Tasks in one row of work. */
const TASKS_PER_WORK = 1_000;

/**
 * Says which team a repository belongs to: its tasks that name no team count for that one, those of the past as well.
 * @returns how many tasks are folded anew
 */
export async function assignRepository(
  ctx: Ctx,
  { name, team: given }: z.infer<typeof assignRepositorySchema>,
): Promise<{ tasks: number }> {
  const { orgId, clock } = ctx;
  await allow(ctx, 'assignRepositories');
  const tasks = await inOrg(orgId, async (tx) => {
    const team = given && (await slugOfTeam(tx, orgId))(given);
    if (team !== null && !(await tx.team.findUnique({ where: { orgId_slug: { orgId, slug: team } } })))
      throw refusedFields({ team: [`There is no team ${team} yet.`] });
    const where = { orgId_name: { orgId, name } };
    const before = await tx.repository.findUnique({ where });
    if (before?.team === team) return 0;
    await tx.repository.upsert({ where, create: { orgId, name, team }, update: { team } });
    const count = await foldAnew(tx, orgId, name, clock.now());
    await recordAudit(tx, ctx, {
      act: 'repository.assigned',
      target: `repository:${name}`,
      before: { team: before?.team ?? null },
      after: { team },
    });
    return count;
  });
  nudge();
  return { tasks };
}

async function foldAnew(tx: Tx, orgId: OrgId, repository: string, createdAt: Date): Promise<number> {
  const rows = await tx.task.findMany({
    where: { orgId, repository },
    select: { ref: true },
    orderBy: { ref: 'asc' },
  });
  const refs = rows.map(({ ref }) => ref);
  await tx.projectionWork.createMany({
    data: Array.from({ length: Math.ceil(refs.length / TASKS_PER_WORK) }, (_, n) => ({
      id: newId(),
      orgId,
      taskRefs: refs.slice(n * TASKS_PER_WORK, (n + 1) * TASKS_PER_WORK),
      incidentRefs: [],
      lanes: [],
      createdAt,
    })),
  });
  return refs.length;
}
