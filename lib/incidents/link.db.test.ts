import { describe, expect, it } from 'vitest';
import { getDecisions } from '@/lib/decisions/data/list';
import type { Severity } from '@/lib/domain/event';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { projectAll } from '@/lib/projection/projector';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { theRecord } from '@/lib/testing/record';
import { aDecision } from '@/lib/testing/world';
import { getIncidents } from './data/list';
import { linkIncident, recordIncident } from './mutations';
import { linkIncidentSchema, recordIncidentSchema } from './schema';

aTestDatabase();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Linked = { org: TestOrganisation; clock: HandClock };

/** A lane that walks, and an incident that may have come from its task t#3. */
async function aSuggestion(severity: Severity): Promise<Linked> {
  const clock = aClock(STORY_START + 40 * DAY_MS);
  const org = await anOrganisation({ clock });
  const tasks = Array.from({ length: 25 }, (_, index) =>
    aTask(`t#${index}`)
      .at(STORY_START + index * HOUR_MS)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  const accepted = aDecision({ team: 'payments', category: 'tests' }, STORY_START + 20 * DAY_MS, 'walk');
  const incident = anIncident('i#1')
    .at(STORY_START + 30 * DAY_MS)
    .opened(severity)
    .linkedTo('t#3');
  await theRecord(org.ctx, ...tasks, [accepted], incident);
  await projectAll(clock);
  return { org, clock };
}

/** A person's word about the link, and what they are told after it. */
async function say(
  { org, clock }: Linked,
  status: 'confirmed' | 'rejected',
  reason = '',
  by: Ctx = org.owner,
): Promise<string> {
  const input = linkIncidentSchema.parse({ incident: 'i#1', task: 't#3', status, reason });
  const { tell } = await linkIncident(by, input);
  await projectAll(clock);
  return tell(true);
}

const folded = async ({ org }: Linked) => {
  const { lane, gear_move, charge, task, recommendation } = await projectionRows(org.orgId);
  return { lane, gear_move, charge, recommendation, task: task.filter(({ ref }) => ref === 't#3') };
};

const linkOf = async ({ org }: Linked) =>
  (await getIncidents(org.orgId, undefined)).items.flatMap(({ links }) => links)[0];

/** `last_event_at` of the task moves on with each word; nothing else may remain of a word taken back. */
const withoutLastEvent = ({ task, ...rest }: Awaited<ReturnType<typeof folded>>) => ({
  ...rest,
  task: task.map(({ last_event_at: _, ...row }) => row),
});

/** The log keeps the demotion and says why it stands no longer; the way back is a move of its own, and both are audited. */
async function tellsOfTheWayBack({ org, clock }: Linked): Promise<void> {
  const why = 'Olga Owner took back that i#1 came from this task. “It was the load balancer.”';
  const { moves } = await getDecisions(org.orgId, org.owner.actor, {}, clock.now());
  const back = `What the log said before stands no longer, and so this lane is in walk. ${why}`;
  expect(moves.items).toMatchObject([
    { kind: 'corrected', from: 'crawl', to: 'walk', people: ['Olga Owner'], reason: back, withdrawn: null },
    { kind: 'demoted', from: 'walk', to: 'crawl', taskRef: 't#3', withdrawn: { reason: why } },
    { kind: 'accepted', from: 'crawl', to: 'walk', withdrawn: null },
  ]);
  const audit = await inOrg(org.orgId, (tx) =>
    tx.audit.findMany({ where: { target: 'lane:payments/tests' }, orderBy: { seq: 'asc' } }),
  );
  expect(audit).toMatchObject([
    { act: 'lane.demoted', before: { gear: 'walk' }, after: { gear: 'crawl', task: 't#3' } },
    { act: 'lane.corrected', before: { gear: 'crawl' }, after: { gear: 'walk' }, reason: back },
  ]);
}

describe('a link that a person confirmed', () => {
  it('is undone with a reason: the lane is as if it had never been charged', async () => {
    const linked = await aSuggestion('SEV1');
    const before = await folded(linked);
    expect(await linkOf(linked)).toMatchObject({
      effect: {
        consequence:
          'Confirming takes Payments · Tests from walk to crawl at once, and counts as 10 failures.',
      },
    });
    expect(await say(linked, 'confirmed')).toBe(
      'Confirmed. Charged to Payments · Tests: it went from walk to crawl, and the task counts as 10 failures.',
    );
    const charged = await folded(linked);
    expect(charged.lane).toMatchObject([{ gear: 'crawl', epoch: 2 }]);
    expect(charged.task).toMatchObject([{ score: 0 }]);
    linked.clock.moveOn({ days: 3 });
    expect(await say(linked, 'rejected', 'It was the load balancer.')).toBe(
      'Undone. No longer charged to Payments · Tests: it went from crawl to walk.',
    );
    expect(withoutLastEvent(await folded(linked))).toEqual(withoutLastEvent(before));
    await tellsOfTheWayBack(linked);
    const { orgId } = linked.org;
    const [event] = await inOrg(orgId, (tx) =>
      tx.event.findMany({ where: { orgId, taskRef: 't#3' }, orderBy: { time: 'desc' }, take: 1 }),
    );
    expect(event?.data).toMatchObject({
      status: 'rejected',
      by: { login: 'Olga Owner' },
      reason: 'It was the load balancer.',
    });
    const audit = await inOrg(orgId, (tx) => tx.audit.findMany({ where: { act: 'incident.linked' } }));
    expect(audit).toMatchObject([
      { after: { status: 'confirmed' }, reason: null },
      { before: { status: 'confirmed' }, after: { status: 'rejected' }, reason: 'It was the load balancer.' },
    ]);
  });

  it('is not undone without a reason', async () => {
    const linked = await aSuggestion('SEV3');
    await say(linked, 'confirmed');
    await expect(say(linked, 'rejected', ' ')).rejects.toMatchObject({
      code: 'invalid',
      fields: { reason: ['Say why, so that others understand.'] },
    });
    expect(await linkOf(linked)).toMatchObject({ status: 'confirmed' });
  });

  it('is undone also when its source’s clock ran ahead of ours', async () => {
    const linked = await aSuggestion('SEV3');
    const ahead = anIncident('i#1')
      .at(linked.clock.now().getTime() + 4 * 60_000)
      .linkedTo('t#3', 'confirmed', { by: 'lena' });
    await theRecord(
      linked.org.ctx,
      ahead.events.map((event) => ({ ...event, id: 'ahead' })),
    );
    await projectAll(linked.clock);
    await say(linked, 'rejected', 'Not ours.');
    expect(await linkOf(linked)).toMatchObject({ status: 'rejected' });
  });
});

it('a link found to be unrelated is confirmed after all', async () => {
  const linked = await aSuggestion('SEV3');
  expect(await say(linked, 'rejected')).toBe('Noted: not related.');
  linked.clock.moveOn({ hours: 1 });
  expect(await say(linked, 'confirmed')).toBe(
    'Confirmed. Charged to Payments · Tests: it stays in walk, and the task counts as 2 failures.',
  );
  expect((await folded(linked)).charge).toMatchObject([{ key: 'i#1', severity: 'SEV3' }]);
});

it('who says what another person has just said is told so, and of what is not linked nothing is said', async () => {
  const linked = await aSuggestion('SEV4');
  await say(linked, 'confirmed');
  await expect(say(linked, 'confirmed')).rejects.toMatchObject({ code: 'conflict' });
  const unknown = linkIncidentSchema.parse({ incident: 'i#1', task: 't#4', status: 'confirmed' });
  await expect(linkIncident(linked.org.owner, unknown)).rejects.toMatchObject({ code: 'not_found' });
});

it('the log names the incident that had been charged, not one that was only ever suggested', async () => {
  const linked = await aSuggestion('SEV1');
  const { org, clock } = linked;
  await say(linked, 'confirmed');
  await theRecord(org.ctx, anIncident('i#0').at(clock.now().getTime()).opened('SEV4').linkedTo('t#3'));
  await projectAll(clock);
  for (const incident of ['i#1', 'i#0']) {
    clock.moveOn({ days: 1 });
    await linkIncident(
      org.owner,
      linkIncidentSchema.parse({ incident, task: 't#3', status: 'rejected', reason: 'No.' }),
    );
  }
  await projectAll(clock);
  const { moves } = await getDecisions(org.orgId, org.owner.actor, {}, clock.now());
  expect(moves.items[0]).toMatchObject({
    kind: 'corrected',
    reason: expect.stringContaining('took back that i#1'),
  });
});

it('an auditor undoes nothing', async () => {
  const linked = await aSuggestion('SEV4');
  await say(linked, 'confirmed');
  const auditor = await linked.org.person('Otto', 'auditor');
  await expect(say(linked, 'rejected', 'No.', auditor)).rejects.toMatchObject({ code: 'forbidden' });
});

describe('an incident recorded by hand with its task', () => {
  const form = (changes: Record<string, string>) =>
    recordIncidentSchema.parse({
      title: 'Down',
      ref: 'i#2',
      severity: 'SEV2',
      team: '',
      url: '',
      ...changes,
    });
  const told = async ({ org, clock }: Linked, changes: Record<string, string>) => {
    const { tell } = await recordIncident(org.owner, form(changes));
    await projectAll(clock);
    return tell(true);
  };
  const charged =
    'Recorded i#2. Charged to Payments · Tests: it went from walk to crawl, and the task counts as 5 failures.';

  it('is charged to the lane of the task, and says so where its own team is another one', async () => {
    const linked = await aSuggestion('SEV4');
    await theRecord(linked.org.ctx, aTask('t#99').openedBy('codex', { team: 'Search' }));
    await projectAll(linked.clock);
    expect(await told(linked, { team: 'search', task: 't#5' })).toBe(
      `${charged} That is the lane of the task; the incident’s own team is Search.`,
    );
  });

  it('says no more than that where the teams are one', async () => {
    expect(await told(await aSuggestion('SEV4'), { team: 'payments', task: 't#5' })).toBe(charged);
    expect(await told(await aSuggestion('SEV4'), { task: 't#5' })).toBe(charged);
    expect(await told(await aSuggestion('SEV4'), { team: 'payments', task: '' })).toBe('Recorded i#2.');
  });
});
