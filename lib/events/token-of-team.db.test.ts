import { beforeEach, describe, expect, it } from 'vitest';
import * as events from '@/app/api/v1/events/route';
import type { GaitEvent } from '@/lib/domain/event';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { projectAll } from '@/lib/projection/projector';
import { rebuildProjections } from '@/lib/projection/rebuild';
import { assignRepository } from '@/lib/repositories/mutations';
import { assignRepositorySchema } from '@/lib/repositories/schema';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { asCloudEvent, type Told, theRecord } from '@/lib/testing/record';

aTestDatabase();

const repository = 'acme/z';
let org: TestOrganisation;
let payments: string;
let search: string;

const teamNamed = (team: string) =>
  aTask(`${team} exists`).at(STORY_START).openedBy('codex', { team, category: 'tests' });

beforeEach(async () => {
  org = await anOrganisation();
  await theRecord(org.ctx, teamNamed('Payments'), teamNamed('Search'));
  await projectAll(org.clock);
  payments = (await org.newToken({ team: 'payments' })).secret;
  search = (await org.newToken({ team: 'search' })).secret;
});

const assign = () =>
  assignRepository(org.owner, assignRepositorySchema.parse({ name: repository, team: 'search' }));

type Item = { status: string; errors?: { pointer: string; message: string }[] };

/** Each request has a source of its own: the same story may be sent by several. */
async function send(token: string, source: string, ...told: Told[]): Promise<string[]> {
  const body = told
    .flatMap((one): readonly GaitEvent[] => ('events' in one ? one.events : one))
    .map((event) => ({ ...asCloudEvent(event), source }));
  const request = new Request('http://gait/api/v1/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(body),
  });
  const answer = await events.POST(request, { params: Promise.resolve({}) });
  const { items } = (await answer.json()) as { items: Item[] };
  return items.map(({ status, errors }) => errors?.[0]?.pointer ?? status);
}

const REF = 'github:acme/z#1';
const opened = (facts: object = {}) =>
  aTask(REF)
    .at(STORY_START)
    .openedBy('codex', { category: 'tests', ...facts });
const lastOf = <T extends { events: readonly GaitEvent[] }>(story: T) => story.events.slice(-1);

async function task(ref = REF) {
  await projectAll(org.clock);
  return inOrg(org.orgId, (tx) => tx.task.findFirst({ where: { orgId: org.orgId, ref } }));
}

describe('a task of a repository that belongs to another team', () => {
  beforeEach(async () => {
    await assign();
    await theRecord(org.ctx, opened({ repository }));
    await projectAll(org.clock);
  });

  it('takes no verdict, no end and no move from a foreign token, and all from its own team’s', async () => {
    const rejected = lastOf(opened().sentBackBy('mallory'));
    const closed = lastOf(opened().closed({ cause: 'human', by: 'mallory' }));
    const moved = lastOf(opened().updated({ team: 'Payments' }));
    expect(await send(payments, 'foreign', rejected, closed)).toEqual(['/data/task/ref', '/data/task/ref']);
    expect(await send(payments, 'foreign', moved)).toEqual(['/data/task/ref']);
    expect(await task()).toMatchObject({ team: 'search', state: 'open', outcome: null });
    expect(await send(search, 'own', opened().approvedBy('ana').merged('ana').events.slice(1))).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(await task()).toMatchObject({ team: 'search', state: 'merged' });
  });

  it('is not opened by a foreign token either, by its reference or by its repository', async () => {
    const [byRef] = aTask('github:acme/z#2').openedBy('codex').events;
    const [byName] = aTask('elsewhere').openedBy('codex', { repository }).events;
    if (!byRef || !byName) throw new Error('A story has a beginning.');
    expect(await send(payments, 'foreign', [byRef], [byName])).toEqual(['/data/task/ref', '/data/task/ref']);
  });
});

it('a task that a foreign token reported first is its owner’s all the same, in whatever order they are sent', async () => {
  const foreign = opened({ title: 'Taken' }).sentBackBy('mallory').closed({ cause: 'human', by: 'mallory' });
  expect(await send(payments, 'foreign', foreign)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await task()).toMatchObject({ team: 'payments', state: 'closed' });
  await assign();
  expect(await task(), 'nobody’s, until its owner reports it').toMatchObject({ team: 'unassigned' });
  const own = opened({ title: 'Ours' }).approvedBy('ana').merged('ana');
  expect(await send(search, 'own', own)).toEqual(['accepted', 'accepted', 'accepted']);
  const folded = await task();
  expect(folded).toMatchObject({
    team: 'search',
    state: 'merged',
    title: 'Ours',
    outcome: 'approved_unchanged',
  });
  expect(folded?.anomalies).toEqual([
    '3 events from tokens of payments do not count: the task belongs to search.',
  ]);
  expect(await send(payments, 'later', lastOf(opened().reverted('mallory')))).toEqual(['/data/task/ref']);
  const tables = await rebuildProjections(org.orgId, org.clock);
  expect(Object.values(tables).every(({ equal }) => equal)).toBe(true);
});

it('a task that one team has reported does not become another’s by naming a repository of the other', async () => {
  await assign();
  const ours = aTask('jira-1').at(STORY_START).openedBy('codex', { category: 'tests' });
  expect(await send(payments, 'own', ours)).toEqual(['accepted']);
  expect(await send(search, 'foreign', lastOf(ours.updated({ repository })))).toEqual(['/data/task/ref']);
  expect(await task('jira-1')).toMatchObject({ team: 'payments' });
});

it('what an organisation’s token says of a task’s team comes before what a token of a team says', async () => {
  await send(payments, 'foreign', opened({ title: 'Taken' }));
  await theRecord(
    org.ctx,
    aTask(REF)
      .at(STORY_START + 60_000)
      .openedBy('codex', { team: 'Search', title: 'Ours' }),
  );
  expect(await task()).toMatchObject({ team: 'search', title: 'Ours' });
  expect(await send(search, 'own', lastOf(opened().approvedBy('ana')))).toEqual(['accepted']);
});

it('an incident is linked by a team’s token only to a task that is known to be the team’s', async () => {
  const linked = (ref: string) =>
    anIncident('down').opened('SEV1').linkedTo(ref, 'confirmed', { by: 'mallory' });
  expect(await send(payments, 'early', lastOf(linked('not-yet#1')))).toEqual(['/data/task/ref']);
  expect(await send(payments, 'own', linked('Payments exists'))).toEqual(['accepted', 'accepted']);
});
