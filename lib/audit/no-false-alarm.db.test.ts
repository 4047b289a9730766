import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { reportFigure, sized } from '@/lib/testing/soak';
import { keepDueAudits } from './background';
import { signCheckpoint } from './checkpoint';
import { setAuditRetention, verifyAuditNow } from './mutations';
import { recordAudit } from './record';

const database = aTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gait-calm-'));
const file = join(folder, 'checkpoints');
const DAY_MS = 86_400_000;

beforeEach(() => adoptEnv({ AUTH_SECRET: 's'.repeat(40), AUDIT_CHECKPOINT_FILE: file, GAIT_HOME: folder }));
afterEach(() => adoptEnv({ AUDIT_CHECKPOINT_FILE: '', GAIT_HOME: '' }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const deed = (ctx: Ctx) =>
  inOrg(ctx.orgId, (tx) => recordAudit(tx, ctx, { act: 'test.done', target: 'x:1' }));
const alarms = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) => tx.auditAlarm.findMany({ where: { orgId } }));
/** The log looks as if these had never been known to this process: another one, or after a start. */
const forgetInMemory = () => {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('gait.audit.signed')];
};

/** Who waits for somebody else's lock too long is told to come again. */
async function unlessBusy(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAppError(error) || error.code !== 'overloaded') throw error;
  }
}

it('raises no alarm while many write, sign, hand out and verify at once', async () => {
  const clock = aClock();
  const org = await anOrganisation({ clock });
  const rounds = sized({ small: 12, full: 400 });
  for (let round = 0; round < rounds; round += 1) {
    if (round % 4 === 0) forgetInMemory();
    clock.moveOn({ minutes: 1 });
    await Promise.all([
      ...Array.from({ length: 4 }, () => deed(org.owner)),
      ...Array.from({ length: 3 }, () => unlessBusy(() => signCheckpoint(org.orgId, clock, 0))),
      unlessBusy(() => keepDueAudits(clock)),
      unlessBusy(() => keepDueAudits(clock)),
      unlessBusy(() => verifyAuditNow(org.owner)),
    ]);
  }
  const raised = await alarms(org);
  const size = `${rounds} rounds of 4 writers, 5 signers and a verifier`;
  reportFigure({
    simulation: 'Audit log',
    figure: 'false alarms',
    value: raised.length,
    target: { most: 0 },
    size,
  });
  expect(raised).toEqual([]);
  expect(await verifyAuditNow(org.owner)).toContain('none missing');
});

it.each<[string, () => void]>([
  ['was turned over', () => renameSync(file, `${file}.1`)],
  ['was emptied', () => truncateSync(file)],
  ['was removed', () => rmSync(file)],
  ['ends in half a checkpoint', () => appendFileSync(file, 'gait/half\n12\nAAAA')],
  ['cannot be read, because it is a folder', () => adoptEnv({ AUDIT_CHECKPOINT_FILE: folder })],
  ['is another one', () => adoptEnv({ AUDIT_CHECKPOINT_FILE: join(folder, 'another') })],
])('raises none where the checkpoint file %s', async (_, change) => {
  const clock = aClock();
  const org = await anOrganisation({ clock });
  const goOn = async () => {
    await deed(org.owner);
    clock.moveOn({ minutes: 1 });
    await keepDueAudits(clock);
  };
  await goOn();
  await goOn();
  change();
  await goOn();
  expect(await verifyAuditNow(org.owner)).toContain('none missing');
  forgetInMemory();
  await goOn();
  expect(await alarms(org)).toEqual([]);
});

it('raises none when retention has let go of what was signed, even of the whole log', async () => {
  const clock = aClock(Date.now() - 900 * DAY_MS);
  const org = await anOrganisation({ clock });
  const look = async (days: number) => {
    clock.moveOn({ days });
    await keepDueAudits(clock);
  };
  await setAuditRetention(org.owner, { days: 180 });
  for (let count = 0; count < 5; count += 1) {
    await deed(org.owner);
    await look(20);
  }
  await database.asOwner(
    `INSERT INTO audit_due (org_id, due_at) VALUES ('${org.orgId}', now()) ON CONFLICT (org_id) DO UPDATE SET due_at = excluded.due_at`,
  );
  clock.moveTo(Date.now());
  forgetInMemory();
  await keepDueAudits(clock);
  await look(1);
  const head = await inOrg(org.orgId, (tx) =>
    tx.auditHead.findUniqueOrThrow({ where: { orgId: org.orgId } }),
  );
  expect(Number(head.startSize)).toBeGreaterThan(8);
  expect(Number(head.size)).toBe(Number(head.startSize) + 1);
  await deed(org.owner);
  await look(1);
  expect(await verifyAuditNow(org.owner)).toContain('none missing');
  expect(await alarms(org)).toEqual([]);
});
