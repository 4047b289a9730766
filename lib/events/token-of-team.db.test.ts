import { beforeEach, describe, expect, it } from 'vitest';
import { POST } from '@/app/api/v1/events/route';
import { GET as incidentsDoor } from '@/app/api/v1/incidents/route';
import { GET as lanesDoor } from '@/app/api/v1/lanes/route';
import { GET as tasksDoor } from '@/app/api/v1/tasks/route';
import type { GaitEvent } from '@/lib/domain/event';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { projectAll } from '@/lib/projection/projector';
import { rebuildProjections } from '@/lib/projection/rebuild';
import { assignRepository } from '@/lib/repositories/mutations';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { asCloudEvent, theRecord } from '@/lib/testing/record';
import { replaceToken } from '@/lib/tokens/mutations';

aTestDatabase();

type Item = {
  id: string;
  status: string;
  code?: string;
  note?: string;
  errors?: { pointer: string; message: string }[];
};
type Answered = {
  status: number;
  body: { code?: string; detail?: string; accepted?: number; items?: Item[] };
};

let org: TestOrganisation;
let tokens: Record<'payments' | 'search' | 'everything', string>;

const assign = (name: string, team: string | null) => assignRepository(org.owner, { name, team });

beforeEach(async () => {
  org = await anOrganisation({ clock: aClock(Date.now()) });
  await theRecord(
    org.ctx,
    aTask('Payments#1').at(STORY_START).openedBy('codex', { team: 'Payments', category: 'tests' }),
    aTask('Search#1').at(STORY_START).openedBy('codex', { team: 'Search', category: 'tests' }),
  );
  await projectAll(org.clock);
  const tokenOf = async (team: string) =>
    (await org.newToken({ scopes: ['read', 'events:write'], team })).secret;
  tokens = { payments: await tokenOf('payments'), search: await tokenOf('search'), everything: org.token };
});

let story = 0;
/** Under an id of its own, so that no two stories repeat each other. */
const anew = (events: readonly GaitEvent[]) => {
  story += 1;
  return events.map((event) => ({ ...asCloudEvent(event), source: `story-${story}` }));
};

async function post(as: keyof typeof tokens, body: unknown): Promise<Answered> {
  const request = new Request('http://gait/api/v1/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[as]}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await POST(request, { params: Promise.resolve({}) });
  return { status: answer.status, body: (await answer.json()) as Answered['body'] };
}

/** What became of each event: the pointer of what was refused, or its status. */
async function told(as: keyof typeof tokens, events: readonly GaitEvent[]): Promise<string[]> {
  const { body } = await post(as, anew(events));
  return (body.items ?? []).map(({ status, errors }) => errors?.[0]?.pointer ?? status);
}

async function read(as: 'payments' | 'search', door: typeof tasksDoor): Promise<string> {
  const request = new Request('http://gait/api/v1/any', {
    headers: { authorization: `Bearer ${tokens[as]}` },
  });
  return (await door(request, { params: Promise.resolve({}) })).text();
}

const taskOf = (ref: string) =>
  inOrg(org.orgId, (tx) => tx.task.findFirstOrThrow({ where: { orgId: org.orgId, ref } }));

const outOfTurn = (ref: string) => aTask(ref).at(STORY_START + 1000);

async function expectRebuiltEqual(): Promise<void> {
  const rebuilt = await rebuildProjections(org.orgId, org.clock);
  expect(Object.entries(rebuilt).filter(([, { equal }]) => !equal)).toEqual([]);
}

describe('a task of a repository that is assigned to another team', () => {
  const opened = (ref: string) =>
    aTask(ref).at(STORY_START).openedBy('codex', { repository: 'acme/z', category: 'tests' });
  const refs = [1, 2, 3].map((number) => `github:acme/z#${number}`);
  const [first = '', second = '', third = ''] = refs;

  beforeEach(async () => {
    await assign('acme/z', 'search');
    expect(
      await told(
        'everything',
        refs.flatMap((ref) => [...opened(ref).events]),
      ),
    ).toEqual(refs.map(() => 'accepted'));
    await projectAll(org.clock);
  });

  it('is neither judged, closed, renamed nor read with a token of another team; with its own team’s it is', async () => {
    expect(
      await told('payments', [
        ...outOfTurn(first).sentBackBy('eve').closed({ by: 'eve' }).events,
        ...outOfTurn(second).openedBy('codex', { team: 'Payments' }).events,
        ...outOfTurn(third).updated({ team: 'Payments' }).merged('eve', { team: 'Payments' }).events,
        ...outOfTurn(first).reverted('eve').events,
        ...anIncident('Payments-down')
          .opened('SEV1', { team: 'Payments' })
          .linkedTo(first, 'confirmed', { by: 'eve' }).events,
      ]),
    ).toEqual([...Array.from({ length: 6 }, () => '/data/task/ref'), 'accepted', '/data/task/ref']);
    await projectAll(org.clock);
    for (const ref of refs)
      expect(await taskOf(ref)).toMatchObject({ team: 'search', state: 'open', anomalies: [] });
    expect(await read('payments', tasksDoor)).not.toContain('acme/z');
    expect(await read('search', tasksDoor)).toContain('acme/z');

    expect(await told('search', [...outOfTurn(first).approvedBy('ana').merged('ana').events])).toEqual([
      'accepted',
      'accepted',
    ]);
    await projectAll(org.clock);
    expect(await taskOf(first)).toMatchObject({ team: 'search', state: 'merged' });
    expect(await read('search', lanesDoor)).toContain('search');
    await expectRebuiltEqual();
  });

  it('is refused with a sentence that says whose it is not', async () => {
    const { status, body } = await post('payments', anew(outOfTurn(first).reverted('eve').events)[0]);
    expect([status, body]).toMatchObject([
      422,
      {
        code: 'invalid',
        errors: [{ message: 'belongs to another team; this token speaks only for the team payments' }],
      },
    ]);
  });

  it('is not taken before its owner reports it, by its ref or by the repository that the report names', async () => {
    expect(
      await told('payments', [
        ...outOfTurn('github:acme/z#9').openedBy('codex', { repository: 'acme/payments' }).events,
        ...outOfTurn('github:acme/z#9').approvedBy('eve').events,
        ...outOfTurn('jira:Z-9').openedBy('codex', { repository: 'acme/z' }).events,
      ]),
    ).toEqual(['/data/task/ref', '/data/task/ref', '/data/task/repository']);
    expect(await told('search', [...outOfTurn('github:acme/z#9').openedBy('codex').events])).toEqual([
      'accepted',
    ]);
    await projectAll(org.clock);
    expect(await taskOf('github:acme/z#9')).toMatchObject({
      team: 'search',
      repository: 'acme/z',
      anomalies: [],
    });
  });
});

it('a task that one team has reported does not become another’s by naming a repository of the other', async () => {
  await assign('acme/z', 'search');
  const ours = aTask('jira-1').at(STORY_START).openedBy('codex', { category: 'tests' });
  expect(await told('payments', ours.events)).toEqual(['accepted']);
  expect(await told('search', outOfTurn('jira-1').updated({ repository: 'acme/z' }).events)).toEqual([
    '/data/task/ref',
  ]);
  await projectAll(org.clock);
  expect(await taskOf('jira-1')).toMatchObject({ team: 'payments' });
});

it('an incident that a team’s token links to a task ahead of its report is charged once it is reported as the team’s', async () => {
  const merged = (ref: string) =>
    outOfTurn(ref).openedBy('codex', { category: 'tests' }).approvedBy('ana').merged('ana');
  const down = anIncident('down')
    .at(STORY_START + 7_200_000)
    .opened('SEV1')
    .linkedTo('ours', 'confirmed', { by: 'eve' })
    .linkedTo('theirs', 'confirmed', { by: 'eve' });
  expect(await told('payments', down.events)).toEqual(['accepted', 'accepted', 'accepted']);
  await told('payments', merged('ours').events);
  await told('everything', merged('theirs').updated({ team: 'Search' }).events);
  await projectAll(org.clock);
  const charges = await inOrg(org.orgId, (tx) => tx.charge.findMany({ where: { orgId: org.orgId } }));
  expect(charges).toMatchObject([{ taskRef: 'ours', key: 'down' }]);
  await expectRebuiltEqual();
});

describe('a task that a stranger reported while its repository was nobody’s', () => {
  const ref = 'github:acme/q#7';

  it('is its owner’s once the repository is assigned, whoever came first; what the stranger said counts for nothing', async () => {
    expect(
      await told('payments', [
        ...aTask(ref)
          .at(STORY_START)
          .openedBy('codex', { title: 'Mine' })
          .sentBackBy('eve')
          .closed({ by: 'eve' }).events,
      ]),
    ).toEqual(['accepted', 'accepted', 'accepted']);
    await projectAll(org.clock);
    expect(await taskOf(ref)).toMatchObject({ team: 'payments', state: 'closed' });
    expect(
      await told('search', [...outOfTurn(ref).openedBy('codex').events]),
      'nobody has said whose it is',
    ).toEqual(['/data/task/ref']);

    expect(await assign('acme/q', 'search')).toEqual({ tasks: 1 });
    expect(
      await told('search', [
        ...outOfTurn(ref).openedBy('codex', { title: 'Ours' }).approvedBy('ana').merged('ana').events,
      ]),
    ).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await told('payments', [...outOfTurn(ref).reverted('eve').events])).toEqual(['/data/task/ref']);
    await projectAll(org.clock);
    expect(await taskOf(ref)).toMatchObject({
      team: 'search',
      title: 'Ours',
      state: 'merged',
      anomalies: ['3 events from tokens of payments do not count: the task belongs to search.'],
    });
    expect(await read('payments', tasksDoor)).not.toContain(ref);
    await expectRebuiltEqual();

    await assign('acme/q', null);
    await projectAll(org.clock);
    expect(await taskOf(ref)).toMatchObject({ team: 'payments', title: 'Mine' });
    await expectRebuiltEqual();
  });
});

describe('a task that the organisation has reported without a team', () => {
  it('takes no evidence of a team until somebody says whose it is', async () => {
    const ref = 'github:acme/u#1';
    expect(
      await told('everything', [
        ...aTask(ref).at(STORY_START).openedBy('codex', { category: 'tests' }).events,
      ]),
    ).toEqual(['accepted']);
    expect(
      await told('payments', [...outOfTurn(ref).updated({ team: 'Payments' }).approvedBy('eve').events]),
    ).toEqual(['/data/task/ref', '/data/task/ref']);
    await projectAll(org.clock);
    expect(await taskOf(ref)).toMatchObject({ team: 'unassigned' });
    await assign('acme/u', 'payments');
    expect(await told('payments', [...outOfTurn(ref).approvedBy('ana').events])).toEqual(['accepted']);
    await projectAll(org.clock);
    expect(await taskOf(ref)).toMatchObject({ team: 'payments' });
  });

  it('is the team’s whose evidence came first, or that the organisation names later', async () => {
    expect(
      await told('payments', [...aTask('jira:1').at(STORY_START).approvedBy('ana').openedBy('codex').events]),
    ).toEqual(['accepted', 'accepted']);
    expect(
      await told('everything', [
        ...aTask('jira:1')
          .at(STORY_START - 5000)
          .openedBy('codex', { category: 'tests' }).events,
      ]),
    ).toEqual(['accepted']);
    await projectAll(org.clock);
    expect(await taskOf('jira:1')).toMatchObject({ team: 'payments' });
    expect(await told('everything', [...outOfTurn('jira:1').updated({ team: 'Search' }).events])).toEqual([
      'accepted',
    ]);
    await projectAll(org.clock);
    const anomalies = ['2 events from tokens of payments do not count: the task belongs to search.'];
    expect(await taskOf('jira:1')).toMatchObject({ team: 'search', anomalies });
    expect(await told('search', [...outOfTurn('jira:1').merged('ana').events])).toEqual(['accepted']);
    await projectAll(org.clock);
    await expectRebuiltEqual();
  });
});

describe('an incident of another team', () => {
  it('is neither changed, ended nor read with a token of another team', async () => {
    await theRecord(org.ctx, anIncident('pd:1').at(STORY_START).opened('SEV1', { team: 'Search' }));
    await theRecord(org.ctx, anIncident('pd:2').at(STORY_START).opened('SEV1'));
    expect(
      await told('payments', [
        ...anIncident('pd:1').updated({ severity: 'SEV4', cause: 'unrelated' }).resolved().events,
        ...anIncident('pd:1').linkedTo('Payments#1').events,
        ...anIncident('pd:2').updated({ severity: 'SEV4' }).events,
        ...anIncident('pd:2').linkedTo('Payments#1').events,
        ...anIncident('pd:2').linkedTo('Search#1').events,
      ]),
    ).toEqual([
      '/data/incident/ref',
      '/data/incident/ref',
      '/data/incident/ref',
      '/data/incident/ref',
      'accepted',
      '/data/task/ref',
    ]);
    await projectAll(org.clock);
    const incidents = await inOrg(org.orgId, (tx) =>
      tx.incident.findMany({ where: { orgId: org.orgId }, orderBy: { ref: 'asc' } }),
    );
    expect(incidents).toMatchObject([
      { ref: 'pd:1', team: 'search', severity: 'SEV1', cause: null, resolvedAt: null },
      { ref: 'pd:2', team: null, severity: 'SEV1' },
    ]);
    expect(await read('payments', incidentsDoor)).not.toContain('pd:');
    await expectRebuiltEqual();
  });

  it('does not charge a task of a team that did not link them, when it turns out whose the two are', async () => {
    const ref = 'github:acme/q#8';
    await told('payments', [
      ...aTask(ref).at(STORY_START).openedBy('codex', { category: 'tests' }).approvedBy('ana').merged('ana')
        .events,
      ...anIncident('pd:3')
        .at(STORY_START + 7_200_000)
        .opened('SEV1')
        .linkedTo(ref, 'confirmed', { by: 'eve' }).events,
    ]);
    await projectAll(org.clock);
    const stands = async () =>
      inOrg(org.orgId, async (tx) => ({
        charges: await tx.charge.count({ where: { orgId: org.orgId, taskRef: ref } }),
        links: await tx.incidentLink.count({ where: { orgId: org.orgId, taskRef: ref } }),
      }));
    expect(await stands()).toEqual({ charges: 1, links: 1 });
    await assign('acme/q', 'search');
    await told('everything', [
      ...aTask(ref).at(STORY_START).openedBy('codex', { category: 'tests' }).approvedBy('ana').merged('ana')
        .events,
    ]);
    await projectAll(org.clock);
    expect(await taskOf(ref)).toMatchObject({ team: 'search', state: 'merged' });
    expect(await stands()).toEqual({ charges: 0, links: 0 });
    await expectRebuiltEqual();
  });
});

describe('an id under a source', () => {
  const merged = (ref: string) =>
    asCloudEvent(aTask(ref).at(STORY_START).merged('ana').events[0] as GaitEvent);
  const named = (ref: string) => ({ ...merged(ref), source: 'search-ci', id: '77-merged' });

  it('of one team suppresses no event of another’s, nor of the organisation’s', async () => {
    const statuses = [];
    for (const [as, ref] of [
      ['payments', 'Payments#1'],
      ['search', 'Search#1'],
      ['everything', 'Search#1'],
    ] as const)
      statuses.push((await post(as, named(ref))).body.items?.[0]?.status);
    expect(statuses).toEqual(['accepted', 'accepted', 'accepted']);
    await projectAll(org.clock);
    for (const ref of ['Payments#1', 'Search#1'])
      expect(await taskOf(ref)).toMatchObject({ state: 'merged' });
    await expectRebuiltEqual();
  });

  it('of one team suppresses none of another’s in the same moment', async () => {
    const answers = await Promise.all([
      post('payments', named('Payments#1')),
      post('search', named('Search#1')),
      post('payments', named('Payments#1')),
    ]);
    expect(answers.map(({ body }) => body.items?.[0]?.status)).toEqual(['accepted', 'accepted', 'duplicate']);
  });

  it('is a duplicate where it is sent again as it was, also with the token that replaced the first', async () => {
    const old = await org.newToken({ scopes: ['events:write'], team: 'search' });
    tokens.search = old.secret;
    expect((await post('search', named('Search#1'))).body.items?.[0]?.status).toBe('accepted');
    tokens.search = (await replaceToken(org.owner, { id: old.id, overlap: 0 })).secret;
    const { status, body } = await post('search', named('Search#1'));
    expect([status, body.items?.[0]]).toEqual([200, { index: 0, id: '77-merged', status: 'duplicate' }]);
  });

  it('is a conflict where what is sent again differs: 409 for one event, and rejected among others', async () => {
    await post('search', named('Search#1'));
    const differing = { ...named('Search#1'), data: { task: { ref: 'Search#1', title: 'Another' } } };
    const { status, body } = await post('search', differing);
    expect([status, body]).toMatchObject([
      409,
      {
        code: 'conflict',
        detail: 'The record holds a different event under this source and id.',
        errors: [
          {
            pointer: '/id',
            message:
              'is taken under this source: the record holds an event with other data, which stays; this one was not kept',
          },
        ],
      },
    ]);
    const among = await post('search', [
      differing,
      { ...named('Search#1'), id: '78-merged' },
      named('Search#1'),
    ]);
    expect([among.status, among.body]).toMatchObject([
      200,
      {
        accepted: 1,
        duplicates: 1,
        rejected: 1,
        items: [
          { status: 'rejected', code: 'conflict', errors: [{ pointer: '/id' }] },
          { status: 'accepted' },
          { status: 'duplicate' },
        ],
      },
    ]);
    expect((await post('search', [differing])).status, 'an array in which nothing stands').toBe(422);
  });
});
