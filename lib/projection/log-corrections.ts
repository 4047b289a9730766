import type { AuditEntry } from '@/lib/audit/record';
import type { Gear } from '@/lib/domain/gear';
import { explainCorrection, explainWithdrawal, type Withdrawal } from '@/lib/domain/lane/lane-news';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import type { Lane, Logged } from './log-lanes';
import { placesOf, placeTasks } from './place-tasks';
import { policyOf } from './rules';

type Withdrawn = { move: Logged; why: Withdrawal };

/** Marks what stands no longer. @returns each with the reason, in the order in which they happened */
export async function withdraw(
  tx: Tx,
  orgId: OrgId,
  moves: readonly Logged[],
  withdrawnAt: Date,
): Promise<Withdrawn[]> {
  const taken: Withdrawn[] = [];
  for (const move of [...moves].sort((a, b) => a.at - b.at)) {
    const { id } = move;
    const why = explainWithdrawal(await confirmationTakenBack(tx, orgId, move.row.taskRef));
    const data = { withdrawnAt, withdrawnReason: why.reason };
    await tx.loggedMove.update({ where: { orgId_id: { orgId, id } }, data });
    taken.push({ move, why });
  }
  return taken;
}

/** The last word that took a confirmed incident off a task; null when there is none. */
async function confirmationTakenBack(tx: Tx, orgId: OrgId, taskRef: string | null) {
  if (taskRef === null) return null;
  const [task] = await placeTasks(tx, orgId, [taskRef], await placesOf(tx, orgId));
  const takenBack = task?.links.filter(({ status, wasConfirmed }) => status === 'rejected' && wasConfirmed);
  return takenBack?.toSorted((a, b) => b.linkedAt - a.linkedAt)[0] ?? null;
}

/** Logs the gear in which the lane finds itself. @returns the entry for the audit log */
export async function correct(
  tx: Tx,
  orgId: OrgId,
  { team, category, gear }: Lane,
  from: Gear,
  taken: readonly Withdrawn[],
  now: Date,
): Promise<AuditEntry> {
  const { version: policyVersion } = await policyOf(tx, orgId);
  const why = taken[0]?.why ?? explainWithdrawal(null);
  const reason = explainCorrection(gear, why);
  const moves = taken.map(({ move: { row } }) => ({ kind: row.kind, at: row.at, reason: row.reason }));
  const row = { id: newId(), orgId, team, category, at: now, since: now, ordinal: 0, kind: 'corrected' };
  const evidence = { withdrawn: moves.map(({ kind, at }) => `${kind} ${at.toISOString()}`).join(', ') };
  const by = { people: [...why.people], taskRef: taken[0]?.move.row.taskRef ?? null };
  await tx.loggedMove.create({
    data: { ...row, ...by, fromGear: from, toGear: gear, reason, evidence, policyVersion },
  });
  return {
    act: 'lane.corrected',
    target: `lane:${team}/${category}`,
    before: { gear: from, moves },
    after: { gear },
    reason,
    policyVersion,
  };
}
