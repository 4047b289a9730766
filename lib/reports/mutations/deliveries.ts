import { getsReport } from '@/lib/domain/report/recipients';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { grantsOf } from '@/lib/sessions/actor';

type Frozen = { team: string; week: string };

/** Writes down, with the reports, to whom each is to go: whoever gets it by their role or their choice. What was written once stands. */
export async function addDeliveries(
  tx: Tx,
  orgId: OrgId,
  reports: readonly Frozen[],
  now: Date,
): Promise<void> {
  const schedules = new Map(
    (await tx.reportSchedule.findMany({ where: { orgId } })).map(({ team, isSent }) => [team, isSent]),
  );
  const sent = reports.filter(({ team }) => schedules.get(team) ?? schedules.get('') ?? false);
  if (sent.length === 0) return;
  const people = await tx.person.findMany({ where: { orgId, removedAt: null }, include: { grants: true } });
  const choices = await tx.reportChoice.findMany({ where: { orgId } });
  const choiceOf = (personId: string, team: string) =>
    choices.find((one) => one.personId === personId && one.team === team)?.wants ?? null;
  const data = sent.flatMap(({ team, week }) =>
    people
      .filter(({ id, grants }) => getsReport(grantsOf(grants), team, choiceOf(id, team)))
      .map(({ id: personId }) => ({
        orgId,
        id: newId(),
        team,
        week,
        personId,
        status: 'waiting',
        attempts: 0,
        createdAt: now,
        nextTryAt: now,
      })),
  );
  if (data.length === 0) return;
  await tx.delivery.createMany({ data, skipDuplicates: true });
  await makeDue(tx, orgId, now);
}

/** The list of what is to be sent is looked at no later than this. */
export async function makeDue(tx: Tx, orgId: OrgId, at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO delivery_due (org_id, due_at) VALUES (${orgId}::uuid, ${at})
    ON CONFLICT (org_id) DO UPDATE SET due_at = least(delivery_due.due_at, excluded.due_at)`;
}
