import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepDueAudits } from '@/lib/audit/background';
import { recordAudit } from '@/lib/audit/record';
import { aTask } from '@/lib/domain/testing/builders';
import { sendDueDeliveries } from '@/lib/outbox/background';
import type { Clock } from '@/lib/platform/clock';
import { clockTrouble, knownTrouble } from '@/lib/platform/clock-watch';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { readSecret } from '@/lib/platform/secret';
import { projectAll } from '@/lib/projection/projector';
import { keepDueReports } from '@/lib/reports/background';
import { getReport, getReportPage, listReports } from '@/lib/reports/data/reports';
import { reportOf } from '@/lib/reports/mutations/report-of';
import { findSession, previewSignInLink } from '@/lib/sessions/data';
import { requireFresh } from '@/lib/sessions/fresh';
import { createSignInLink, signIn } from '@/lib/sessions/mutations';
import { tendSignIn } from '@/lib/sso/mutations/tend';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { aTestMachine, type TestMachine } from '@/lib/testing/machine';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { findToken } from '@/lib/tokens/data';
import { createToken } from '@/lib/tokens/mutations';
import { keepTime } from './background';

let machine: TestMachine;
let owner: Client;
const database = aTestDatabase(async (url) => {
  owner = await connect(url);
  machine = await aTestMachine(owner);
});

vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AHEAD = 8 * DAY;

beforeAll(() => adoptEnv({ AUTH_SECRET: 's'.repeat(40) }));
afterAll(() => owner.end());

/** What a server process does by itself, once. */
async function work(clock: Clock): Promise<void> {
  await keepTime(clock);
  await projectAll(clock);
  await keepDueReports(clock);
  await keepDueAudits(clock);
  await sendDueDeliveries(clock);
  await tendSignIn(clock);
}

/** Two teams, whose tasks were decided eight days ago: they mature in six. Everything so far has been looked after. */
async function atWork() {
  await machine.setBoth(0);
  await database.asOwner('DELETE FROM clock_run');
  const clock = machine.startProcess();
  await work(clock);
  const org = await anOrganisation({ clock });
  const decided = clock.now().getTime() - 8 * DAY;
  const stories = ['Payments', 'Search'].flatMap((team) =>
    Array.from({ length: 20 }, (_, n) =>
      aTask(`${team}#${n}`)
        .at(decided + n * 60_000)
        .openedBy('codex', { team, category: 'tests' })
        .approvedBy('ana')
        .merged('ana'),
    ),
  );
  await theRecord(org.ctx, ...stories);
  await work(clock);
  return { org, clock };
}

async function standing({ orgId }: TestOrganisation) {
  return inOrg(orgId, async (tx) => {
    const lanes = await tx.lane.findMany({ where: { orgId }, select: { maturedCount: true, verdict: true } });
    return {
      reports: await tx.report.count({ where: { orgId } }),
      voids: await tx.reportVoid.count({ where: { orgId } }),
      checkpoints: await tx.auditCheckpoint.count({ where: { orgId } }),
      matured: lanes.reduce((sum, lane) => sum + lane.maturedCount, 0),
      recommended: await tx.recommendation.count({ where: { orgId } }),
    };
  });
}

const linkOf = ({ orgId, owner }: TestOrganisation, clock: Clock) =>
  createSignInLink(orgId, owner.actor.personId, 'owner link', clock);

const deed = ({ orgId, ctx }: TestOrganisation, clock: Clock) =>
  inOrg(orgId, (tx) => recordAudit(tx, { ...ctx, clock }, { act: 'test.done', target: 'test' }));

/** A token for a day, made by somebody who has just proven who they are. */
function tokenFor({ owner }: TestOrganisation, clock: Clock) {
  const actor = { ...owner.actor, authenticatedAt: clock.now().getTime() };
  return createToken(
    { ...owner, actor, clock },
    { name: 'day', scopes: ['events:write'], days: 1, team: undefined },
  );
}

/** Work lists whose turn is later than it could be by right. */
const late = ({ orgId }: TestOrganisation, now: Date) =>
  database.asOwner<{ list: string }>(
    `SELECT 'audit' AS list FROM audit_due WHERE org_id = $1 AND due_at > $2::timestamptz + interval '25 hours'
     UNION ALL SELECT 'report' FROM report_due WHERE org_id = $1 AND due_at > $2::timestamptz + interval '7 days'`,
    [orgId, now],
  );

describe('a process whose clock is eight days ahead of the database', () => {
  it('freezes, signs, matures and expires nothing, and says why; once it is right, all goes on', async () => {
    const { org, clock } = await atWork();
    const { orgId } = org;
    const before = await standing(org);
    expect(before).toMatchObject({ reports: 0, voids: 0, checkpoints: 1, matured: 0, recommended: 0 });
    const { secret: session } = await signIn(await linkOf(org, clock), null, clock);
    const link = await linkOf(org, clock);
    const hash = readSecret('token', (await tokenFor(org, clock)).secret)?.hash;

    machine.setClock(AHEAD);
    const ahead = machine.startProcess();
    for (const _ of [1, 2]) await work(ahead);
    expect(await standing(org)).toEqual(before);
    expect(knownTrouble(ahead)).toMatch(
      /^The clock of this server is 8 days ahead of the database's\. No report is frozen/,
    );
    await expect(reportOf({ ...org.ctx, clock: ahead }, { week: undefined, team: '' })).rejects.toMatchObject(
      {
        code: 'conflict',
        message: expect.stringContaining('8 days ahead'),
      },
    );
    expect(await findSession(session, ahead.now())).not.toBeNull();
    expect(await previewSignInLink(link, ahead.now())).toMatchObject({ state: 'ready' });
    expect(await findToken(orgId, hash ?? new Uint8Array(), ahead.now())).not.toBeNull();
    // What people do meanwhile is of the earlier time, too: a clock that was compared runs ahead of nothing.
    await theRecord(
      { ...org.ctx, clock: ahead },
      aTask('meanwhile#1')
        .at(clock.now().getTime() - HOUR)
        .openedBy('codex', { team: 'Growth', category: 'docs' })
        .approvedBy('ana')
        .merged('ana'),
    );
    await work(ahead);
    expect(await inOrg(orgId, (tx) => tx.lane.count({ where: { orgId } }))).toBe(3);

    machine.setClock(0);
    await machine.pass(61_000);
    await work(ahead);
    expect(knownTrouble(ahead)).toBeNull();
    expect(await standing(org)).toMatchObject({ reports: 0, voids: 0, matured: 0 });
    expect((await standing(org)).checkpoints).toBe(before.checkpoints + 1);
    expect(await late(org, clock.now())).toEqual([]);
  });

  it('jumps while it runs: what it was about to freeze, it does not', async () => {
    const { org, clock } = await atWork();
    const before = await standing(org);
    const real = clock.now().getTime();
    machine.setClock(AHEAD);
    expect(clock.now().getTime()).toBeLessThan(real + 60_000);
    await work(clock);
    expect(await standing(org)).toEqual(before);
    machine.setClock(-2 * DAY);
    await work(clock);
    expect(await standing(org)).toEqual(before);
    expect(knownTrouble(clock)).toContain('2 days behind');
  });
});

describe('three processes, of which one has the wrong clock', () => {
  it.each([
    ['8 days ahead', AHEAD],
    ['8 days behind', -AHEAD],
  ])(
    '%s: it alone rests, the other two do the work, and nobody takes the time for set back',
    async (how, by) => {
      const { org, clock } = await atWork();
      const before = await standing(org);
      const wrong = machine.startProcess(by);
      const others = [clock, machine.startProcess()];
      await machine.pass(61_000);
      await deed(org, clock);
      await work(wrong);
      expect(await standing(org)).toEqual(before);
      for (const process of [...others, wrong, ...others, wrong]) await work(process);
      expect(knownTrouble(wrong)).toContain(how);
      expect(others.map(knownTrouble)).toEqual([null, null]);
      expect(await standing(org)).toEqual({ ...before, checkpoints: before.checkpoints + 1 });
      expect(await database.asOwner('SELECT count(*)::int AS runs FROM clock_run')).toEqual([{ runs: 1 }]);

      // The week ends, and what matured in it has: by the two that are right.
      await machine.pass(AHEAD);
      for (const process of [wrong, ...others, wrong, ...others]) await work(process);
      expect(await standing(org)).toMatchObject({ reports: 3, voids: 0, matured: 40 });
      expect(await late(org, clock.now())).toEqual([]);
    },
  );
});

describe('a database that is away for a while', () => {
  it.each([
    ['a minute', 60_000],
    ['a day', DAY],
  ])('of %s: no clock is said to be wrong, meanwhile and afterwards', async (_, length) => {
    const { org, clock } = await atWork();
    const before = await standing(org);
    const owner = await connect(new URL('/postgres', database.url).href);
    const name = new URL(database.url).pathname.slice(1);
    const keep = async (isOpen: boolean) => {
      await owner.query(`ALTER DATABASE ${owner.escapeIdentifier(name)} ALLOW_CONNECTIONS ${isOpen}`);
      if (!isOpen)
        await owner.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'gait'`,
          [name],
        );
    };
    await machine.pass(length);
    try {
      await keep(false);
      await expect(keepTime(clock)).rejects.toThrow();
      expect(knownTrouble(clock)).toBeNull();
    } finally {
      await keep(true);
      await owner.end();
    }
    await work(clock);
    expect(knownTrouble(clock)).toBeNull();
    expect(await standing(org)).toMatchObject({ reports: before.reports, voids: 0 });
    expect(await database.asOwner('SELECT FROM clock_run WHERE set_back_from IS NOT NULL')).toEqual([]);
  });
});

it('asks the database for its time once in five seconds, however often somebody asks', async () => {
  await machine.setBoth(0);
  const clock = machine.startProcess();
  await clockTrouble(clock);
  const { found } = clock;
  expect(found).not.toBeNull();
  for (let asked = 0; asked < 100; asked += 1) {
    expect(await clockTrouble(clock)).toBeNull();
    expect(knownTrouble(clock)).toBeNull();
  }
  expect(clock.found).toBe(found);
  await machine.pass(5_000);
  await clockTrouble(clock);
  expect(clock.found).not.toBe(found);
});

describe('where the clock of the database was eight days ahead, too', () => {
  it('reports are void and frozen again when their week is over, lanes are as they were, and what waits is done', async () => {
    const { org } = await atWork();
    const { orgId } = org;
    await machine.setBoth(AHEAD);
    const ahead = machine.startProcess();
    for (const _ of [1, 2]) await work(ahead);
    const wrong = await standing(org);
    expect(wrong).toMatchObject({ reports: 3, voids: 0, matured: 40, recommended: 2 });
    const { id: tokenId } = await tokenFor(org, ahead);
    const { secret: session } = await signIn(await linkOf(org, ahead), null, ahead);

    await machine.setBoth(0);
    const right = machine.startProcess();
    for (const _ of [1, 2]) await work(right);
    expect(await standing(org)).toMatchObject({ reports: 3, voids: 3, matured: 0, recommended: 0 });
    const acts = await inOrg(orgId, (tx) =>
      tx.audit.findMany({
        where: { orgId, act: { in: ['report.voided', 'clock.set_back'] } },
        orderBy: { seq: 'asc' },
      }),
    );
    expect(acts.map(({ act }) => act)).toEqual([...Array<string>(3).fill('report.voided'), 'clock.set_back']);
    expect(await late(org, right.now())).toEqual([]);
    const checkpoints = wrong.checkpoints;
    await deed(org, right);
    await machine.pass(61_000);
    await work(right);
    expect((await standing(org)).checkpoints).toBeGreaterThan(checkpoints);

    const token = await inOrg(orgId, (tx) =>
      tx.token.findUniqueOrThrow({ where: { orgId_id: { orgId, id: tokenId } } }),
    );
    expect(token.expiresAt.getTime() - right.now().getTime()).toBeLessThanOrEqual(DAY);
    const found = await findSession(session, right.now());
    expect(() =>
      requireFresh({
        clock: right,
        actor: { ...org.owner.actor, authenticatedAt: Number(found?.authenticatedAt) },
      }),
    ).toThrow('fresh');

    const { items, voids } = await listReports(orgId, {});
    const [voided] = voids;
    expect([items, voids.length]).toEqual([[], 1]);
    const week = voided?.week as never;
    expect(await getReportPage(orgId, week, '')).toMatchObject({
      edition: 1,
      voided: { reason: expect.stringContaining('clock') },
      editions: [],
    });

    // The week ends.
    await machine.pass(10 * DAY);
    for (const _ of [1, 2]) await work(right);
    expect(await getReport(orgId, week, '')).toMatchObject({ edition: 2, voided: null });
    expect(await getReport(orgId, week, '', 1)).toMatchObject({ edition: 1, voided: expect.anything() });
    expect((await getReportPage(orgId, week, 'payments'))?.editions).toEqual([1]);
    expect((await listReports(orgId, {})).items.map((item) => item.week)).toContain(week);
    expect(await standing(org)).toMatchObject({ matured: 40, recommended: 2, voids: 3 });
    const frozen = await inOrg(orgId, (tx) =>
      tx.audit.findMany({
        where: { orgId, act: 'report.frozen', target: `report:${week}` },
        orderBy: { seq: 'asc' },
      }),
    );
    expect(frozen.map(({ after }) => after)).toMatchObject([{ hash: expect.any(String) }, { edition: 2 }]);
  });

  it('a clock that falls behind what has verifiably passed makes no report void', async () => {
    const { org, clock } = await atWork();
    await machine.pass(AHEAD);
    for (const _ of [1, 2]) await work(clock);
    expect(await standing(org)).toMatchObject({ reports: 3, matured: 40 });
    await machine.setBoth(-AHEAD);
    for (const _ of [1, 2]) await work(clock);
    await work(machine.startProcess());
    expect(await standing(org)).toMatchObject({ reports: 3, voids: 0, matured: 40 });
    await machine.setBoth(0);
    await work(machine.startProcess());
    expect(await standing(org)).toMatchObject({ reports: 3, voids: 0 });
  });

  it('a jump while Gait runs is doubted for an hour, and believed then', async () => {
    const { org, clock } = await atWork();
    const before = await standing(org);
    await machine.setBoth(AHEAD);
    await work(clock);
    expect(knownTrouble(clock)).toMatch(/^The clock jumped ahead by 8 days while Gait was running\./);
    await machine.pass(59 * 60_000);
    await work(clock);
    expect(await standing(org)).toEqual(before);
    await machine.pass(2 * 60_000);
    for (const _ of [1, 2]) await work(clock);
    expect(knownTrouble(clock)).toBeNull();
    expect(await standing(org)).toMatchObject({ reports: 3, matured: 40 });
    await machine.setBoth(0);
    for (const _ of [1, 2]) await work(clock);
    expect(await standing(org)).toMatchObject({ reports: 3, voids: 3, matured: 0 });
  });
});
