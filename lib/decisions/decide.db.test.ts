import { describe, expect, it } from 'vitest';
import type { Gear } from '@/lib/domain/gear';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { idempotencyKey } from '@/lib/platform/idempotency-key';
import { projectAll } from '@/lib/projection/projector';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { getDecisions } from './data/list';
import { getRecommendation } from './data/recommendation';
import { decideRecommendation } from './mutations';

aTestDatabase();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Clean tasks of payments/tests, one an hour. */
function cleanTasks(count: number, from = STORY_START, prefix = 't') {
  return Array.from({ length: count }, (_, index) =>
    aTask(`${prefix}#${index}`)
      .at(from + index * HOUR_MS)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
}

async function laneOf({ orgId }: TestOrganisation) {
  return inOrg(orgId, async (tx) => ({
    ...(await tx.lane.findFirstOrThrow({ where: { orgId } })),
    moves: await tx.gearMove.findMany({ where: { orgId }, orderBy: { at: 'asc' } }),
    recommendations: await tx.recommendation.findMany({ where: { orgId }, orderBy: { openedAt: 'asc' } }),
  }));
}

async function openId(org: TestOrganisation, to: Gear): Promise<string> {
  const { recommendations } = await laneOf(org);
  const open = recommendations.find((one) => one.status === 'open' && one.toGear === to);
  if (!open) throw new Error(`No open recommendation for ${to}.`);
  return open.id;
}

const accept = (ctx: Ctx, id: string) => decideRecommendation(ctx, { id, action: 'accept', reason: '' });

/** An organisation whose lane payments/tests has matured so many clean tasks. */
async function readyLane(count = 21) {
  const clock = aClock(STORY_START + 40 * DAY_MS);
  const org = await anOrganisation({ clock });
  await theRecord(org.ctx, ...cleanTasks(count));
  await projectAll(clock);
  return { org, clock };
}

/** The same at walk, for which run is recommended. */
async function laneReadyForRun() {
  const { org, clock } = await readyLane(45);
  await accept(org.owner, await openId(org, 'walk'));
  await projectAll(clock);
  await theRecord(org.ctx, ...cleanTasks(12, clock.now().getTime(), 'later'));
  clock.moveOn({ days: 20 });
  await projectAll(clock);
  const id = await openId(org, 'run');
  return { org, clock, id };
}

it('an accepted recommendation moves the gear, and both logs have the name and the evidence', async () => {
  const { org, clock } = await readyLane();
  const id = await openId(org, 'walk');
  await decideRecommendation(org.owner, { id, action: 'accept', reason: 'It is time.' });
  await projectAll(clock);
  const lane = await laneOf(org);
  expect(lane).toMatchObject({ gear: 'walk', lastMoveKind: 'accepted' });
  expect(lane.moves).toMatchObject([
    { kind: 'accepted', fromGear: 'crawl', toGear: 'walk', people: ['Olga Owner'] },
  ]);
  expect(lane.recommendations).toMatchObject([{ id, status: 'accepted', closedAt: clock.now() }]);
  const audit = await inOrg(org.orgId, (tx) =>
    tx.audit.findMany({ where: { act: 'recommendation.accepted' } }),
  );
  expect(audit).toMatchObject([
    {
      target: 'lane:payments/tests',
      reason: 'It is time.',
      after: { gear: 'walk', evidence: { matured: 20 } },
    },
  ]);
});

it('what was accepted stays as it was read, whatever evidence comes in later', async () => {
  const { org, clock } = await readyLane();
  const id = await openId(org, 'walk');
  const read = () => getRecommendation(org.orgId, org.owner.actor, id, clock.now());
  const before = await read();
  await decideRecommendation(org.owner, { id, action: 'accept', reason: 'It is time.' });
  await projectAll(clock);
  clock.moveOn({ minutes: 1 });
  await theRecord(org.ctx, ...cleanTasks(21, STORY_START + 2 * HOUR_MS + 1, 'late'));
  await projectAll(clock);
  const { recommendations } = await laneOf(org);
  expect(
    recommendations.find((row) => row.id === id)?.status,
    'what is derived tells another story',
  ).not.toBe('accepted');
  expect(await read()).toMatchObject({
    status: 'accepted',
    openedAt: before?.openedAt,
    reasons: before?.reasons,
    approvals: [{ person: 'Olga Owner' }],
    decisions: [{ person: 'Olga Owner', action: 'accept', reason: 'It is time.' }],
    closedReason: null,
  });
  const { waiting, moves, closed } = await getDecisions(org.orgId, org.owner.actor, {}, clock.now());
  expect(waiting.items, 'the card that was just decided').toMatchObject([
    { id, status: 'accepted', openedAt: before?.openedAt, knownSince: before?.knownSince },
  ]);
  expect(before?.knownSince).not.toBeNull();
  expect(moves.items).toMatchObject([{ kind: 'accepted', recommendationId: id }]);
  expect(closed.items.map((row) => row.id)).not.toContain(id);
  await expect(accept(org.owner, id)).rejects.toMatchObject({ code: 'conflict' });
});

it('of two people who accept a move to walk at once, one decides, and the other is told so', async () => {
  const { org, clock } = await readyLane();
  const id = await openId(org, 'walk');
  const people = [org.owner, await org.person('Lena Lead')];
  const answers = await Promise.allSettled(people.map((ctx) => accept(ctx, id)));
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = answers.find((answer) => answer.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    code: 'conflict',
    message: 'This recommendation was accepted in the meantime.',
  });
  await projectAll(clock);
  expect((await laneOf(org)).moves).toMatchObject([{ kind: 'accepted' }]);
});

describe('a decision with a key', () => {
  const KEY = '7f0a-the-same';
  const declining = (id: string, reason = 'Not yet.') => ({ id, action: 'decline', reason }) as const;
  const entries = ({ orgId }: TestOrganisation) =>
    inOrg(orgId, async (tx) => ({
      events: await tx.event.count({ where: { orgId, type: 'dev.gait.recommendation.decided.v1' } }),
      audit: await tx.audit.count({ where: { orgId, act: { startsWith: 'recommendation.' } } }),
    }));

  it('is made once, however often and however simultaneously it is sent', async () => {
    const { org, clock } = await readyLane();
    const id = await openId(org, 'walk');
    const send = () => decideRecommendation(org.owner, declining(id), KEY);
    await Promise.all([send(), send(), send()]);
    await projectAll(clock);
    await send();
    expect(await entries(org)).toEqual({ events: 1, audit: 1 });
  });

  it('stands in the way of another one with it, and of none of somebody else’s', async () => {
    const { org } = await readyLane();
    const id = await openId(org, 'walk');
    await decideRecommendation(org.owner, declining(id), KEY);
    await expect(decideRecommendation(org.owner, declining(id, 'Never.'), KEY)).rejects.toMatchObject({
      code: 'invalid',
      message: 'This Idempotency-Key was used for another decision: send a new one.',
    });
    const lena = await org.person('Lena Lead');
    await expect(decideRecommendation(lena, declining(id), KEY)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stands in the way of another one of the same moment', async () => {
    const { org } = await readyLane();
    const id = await openId(org, 'walk');
    const other = '5c5d6d5e-0000-7000-8000-000000000001';
    await inOrg(org.orgId, async (tx) => {
      const row = await tx.recommendation.findFirstOrThrow({ where: { orgId: org.orgId, id } });
      await tx.recommendation.create({
        data: { ...row, id: other, category: 'docs', approvals: [], evidence: row.evidence ?? {} },
      });
    });
    const answers = await Promise.allSettled(
      [id, other].map((one) => decideRecommendation(org.owner, declining(one), KEY)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await entries(org)).toEqual({ events: 1, audit: 1 });
  });
});

it.each([
  ['', false],
  ['two words', false],
  ['x'.repeat(201), false],
  ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', true],
])('%j is a key of a request: %s', (key, isOne) => {
  const read = () => idempotencyKey(new Request('http://gait', { headers: { 'idempotency-key': key } }));
  if (isOne) expect(read()).toBe(key);
  else expect(read).toThrow('Idempotency-Key must have');
});

it('of one who accepts and one who declines at once, the record holds one decision', async () => {
  const { org, clock } = await readyLane();
  const id = await openId(org, 'walk');
  const lena = await org.person('Lena Lead');
  const answers = await Promise.allSettled([
    decideRecommendation(org.owner, { id, action: 'decline', reason: 'Not before the audit.' }),
    accept(lena, id),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await projectAll(clock);
  const decisions = await inOrg(org.orgId, (tx) => tx.decision.findMany());
  expect(decisions).toHaveLength(1);
  const lane = await laneOf(org);
  expect(lane.recommendations[0]?.status).toBe(decisions[0]?.action === 'accept' ? 'accepted' : 'declined');
  expect(lane.moves.some(({ kind }) => kind === 'voided')).toBe(false);
});

it('run takes two different people; the same one twice is refused, also before anything is projected', async () => {
  const { org, clock, id } = await laneReadyForRun();
  await accept(org.owner, id);
  await expect(accept(org.owner, id)).rejects.toMatchObject({ code: 'forbidden' });
  await projectAll(clock);
  expect(await laneOf(org)).toMatchObject({ gear: 'walk' });
  await expect(accept(org.owner, id)).rejects.toMatchObject({ code: 'forbidden' });
  await accept(await org.person('Lena Lead'), id);
  await projectAll(clock);
  const lane = await laneOf(org);
  expect(lane.gear).toBe('run');
  expect(lane.moves.at(-1)).toMatchObject({ toGear: 'run', people: ['Olga Owner', 'Lena Lead'] });
});

it('run is not agreed to by one who is here as two: people who share an address or a login count as one', async () => {
  const { org, clock, id } = await laneReadyForRun();
  const bob = await org.person('Bob Builder');
  const again = await org.person('Bob Builder');
  const login = await org.person('Bob B.');
  const byMail = await org.person('Robert Builder');
  const { orgId } = org;
  const where = ({ actor }: typeof bob) => ({ orgId_id: { orgId, id: actor.personId } });
  await inOrg(orgId, async (tx) => {
    await tx.person.update({ where: where(bob), data: { email: 'bob@acme.example', handles: ['bob'] } });
    await tx.person.update({ where: where(again), data: { email: 'Bob@Acme.example' } });
    await tx.person.update({ where: where(login), data: { handles: ['@Bob'] } });
    await tx.identity.create({
      data: {
        orgId,
        connection: 'email',
        issuer: 'gait',
        subject: 'bob@acme.example',
        personId: byMail.actor.personId,
        createdAt: clock.now(),
      },
    });
  });
  await accept(bob, id);
  for (const projected of [false, true]) {
    if (projected) await projectAll(clock);
    for (const twin of [again, login, byMail])
      await expect(accept(twin, id)).rejects.toMatchObject({
        code: 'forbidden',
        message:
          'Bob Builder has agreed already and has your address or login: you count as one person. Promotion to run needs a second approver.',
      });
  }
  expect(await laneOf(org)).toMatchObject({ gear: 'walk' });
  expect((await getRecommendation(org.orgId, again.actor, id, clock.now()))?.cannotDecide).toMatch(
    /count as one person/,
  );
  await accept(await org.person('Lena Lead'), id);
  await projectAll(clock);
  expect((await laneOf(org)).gear).toBe('run');
});

it('two people who accept a move to run at once are the two that it takes', async () => {
  const { org, clock, id } = await laneReadyForRun();
  await Promise.all([accept(org.owner, id), accept(await org.person('Lena Lead'), id)]);
  await projectAll(clock);
  const lane = await laneOf(org);
  expect(lane.gear).toBe('run');
  await expect(accept(await org.person('Otto Late'), id)).rejects.toMatchObject({ code: 'conflict' });
});

it('a declined recommendation comes back when ten more tasks have matured', async () => {
  const { org, clock } = await readyLane();
  await decideRecommendation(org.owner, {
    id: await openId(org, 'walk'),
    action: 'decline',
    reason: 'Not yet.',
  });
  await projectAll(clock);
  await theRecord(org.ctx, ...cleanTasks(10, clock.now().getTime(), 'later'));
  clock.moveOn({ days: 14, hours: 9 });
  await projectAll(clock);
  expect((await laneOf(org)).recommendations).toMatchObject([{ status: 'declined' }]);
  clock.moveOn({ hours: 1 });
  await projectAll(clock);
  expect((await laneOf(org)).recommendations).toMatchObject([
    { status: 'declined' },
    { status: 'open', toGear: 'walk' },
  ]);
});

it('is withdrawn when the evidence falls below the bar, and then nobody can accept it', async () => {
  const { org, clock } = await readyLane();
  const id = await openId(org, 'walk');
  const rejected = Array.from({ length: 3 }, (_, index) =>
    aTask(`bad#${index}`)
      .at(clock.now().getTime())
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .closed({ by: 'ana' }),
  );
  await theRecord(org.ctx, ...rejected);
  clock.moveOn({ days: 15 });
  await projectAll(clock);
  expect((await laneOf(org)).recommendations).toMatchObject([{ id, status: 'withdrawn' }]);
  await expect(accept(org.owner, id)).rejects.toMatchObject({
    code: 'conflict',
    message: 'This recommendation was withdrawn in the meantime.',
  });
});

it('a decision about evidence whose clock runs ahead counts all the same', async () => {
  const { org, clock } = await readyLane(19);
  const ahead = clock.now().getTime() + 4 * 60_000;
  const twentieth = aTask('t#20')
    .at(ahead - 14 * DAY_MS - 20 * 60_000)
    .openedBy('codex', { team: 'Payments', category: 'tests' })
    .approvedBy('ana')
    .merged('ana');
  const next = aTask('t#21')
    .at(ahead)
    .openedBy('codex', { team: 'Payments', category: 'tests' })
    .closed({ by: 'ana' });
  await theRecord(org.ctx, twentieth, next);
  await projectAll(clock);
  const id = await openId(org, 'walk');
  await accept(org.owner, id);
  await projectAll(clock);
  expect(await laneOf(org)).toMatchObject({ gear: 'walk' });
});

it('members and auditors, tokens and people of another organisation decide nothing', async () => {
  const { org } = await readyLane();
  const id = await openId(org, 'walk');
  for (const role of ['member', 'auditor'] as const) {
    await expect(accept(await org.person('Mia', role), id)).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(accept(org.ctx, id)).rejects.toMatchObject({ code: 'forbidden' });
  const other = await anOrganisation({ name: 'Other' });
  await expect(accept(other.owner, id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await inOrg(org.orgId, (tx) => tx.event.count({ where: { lane: { not: null } } }))).toBe(0);
});
