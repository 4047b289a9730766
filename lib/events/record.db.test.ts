import { expect, it, vi } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { seededRandom } from '@/lib/domain/trust/testing';
import { presentedToken } from '@/lib/platform/bearer';
import { inOrg } from '@/lib/platform/db';
import { createSecret } from '@/lib/platform/secret';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { asParsed, theRecord } from '@/lib/testing/record';
import { aWorld, inBatches, shuffled } from '@/lib/testing/world';
import { revokeToken } from '@/lib/tokens/mutations';
import { recordEvents } from './mutations';
import { submitEvents } from './record-queue';
import type { ParsedEvent } from './schema';

const database = aTestDatabase();

const stored = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) => tx.event.findMany({ where: { orgId }, orderBy: [{ source: 'asc' }, { id: 'asc' }] }));

const opened = (ref: string, title = ref) =>
  asParsed(aTask(ref).openedBy('codex', { title }).events[0] as never);

const bearer = (secret: string) =>
  presentedToken({ header: (name) => (name === 'authorization' ? `Bearer ${secret}` : null) });

it('takes each event once, however often it comes', async () => {
  const org = await anOrganisation();
  const events = aWorld(1, 10);
  expect(await theRecord(org.ctx, events)).toMatchObject({
    accepted: events.length,
    duplicates: 0,
    rejected: 0,
  });
  const before = await stored(org);
  const again = await theRecord(org.ctx, [...events].reverse());
  expect(again).toMatchObject({ accepted: 0, duplicates: events.length, rejected: 0, workIds: [] });
  expect(await stored(org)).toEqual(before);
});

it('of different events under one id in one request keeps the first, and refuses the others', async () => {
  const org = await anOrganisation();
  const batch = ['first', 'second', 'third'].map((title) => opened('t#1', title));
  const result = await recordEvents(org.ctx, [opened('t#0'), ...batch, opened('t#2')]);
  expect(result.items.map(({ status }) => status)).toEqual([
    'accepted',
    'accepted',
    'rejected',
    'rejected',
    'accepted',
  ]);
  expect((await stored(org)).map(({ data }) => data)).toMatchObject([
    { task: { title: 't#0' } },
    { task: { title: 'first' } },
    { task: { title: 't#2' } },
  ]);
});

it('keeps the good events of a request and says what is wrong with the others, in their order', async () => {
  const org = await anOrganisation();
  const bad: ParsedEvent = {
    ok: false,
    id: 'x',
    problems: [{ pointer: '/time', message: 'lies in the future' }],
  };
  const result = await recordEvents(org.ctx, [bad, opened('t#1'), bad, opened('t#2')]);
  expect(result).toMatchObject({ accepted: 2, duplicates: 0, rejected: 2 });
  expect(result.items).toMatchObject([
    { index: 0, id: 'x', status: 'rejected', errors: [{ pointer: '/time' }] },
    { index: 1, status: 'accepted' },
    { index: 2, status: 'rejected' },
    { index: 3, status: 'accepted' },
  ]);
  expect(await stored(org)).toHaveLength(2);
});

it('leaves the projector one row of work a write, which names what is new and nothing else', async () => {
  const org = await anOrganisation();
  await theRecord(org.ctx, aTask('t#1').openedBy('codex'));
  const { workIds } = await theRecord(
    org.ctx,
    aTask('t#1').openedBy('codex').approvedBy('ana'),
    aTask('t#2').openedBy('codex'),
  );
  const work = await inOrg(org.orgId, (tx) => tx.projectionWork.findMany({ where: { id: { in: workIds } } }));
  expect(work).toMatchObject([{ orgId: org.orgId, taskRefs: ['t#1', 't#2'], incidentRefs: [], lanes: [] }]);
});

it('takes each event once when many requests bring the same ones at the same time, in other orders', async () => {
  const org = await anOrganisation();
  const events = aWorld(2, 30);
  const random = seededRandom(2);
  const requests = Array.from({ length: 12 }, () => inBatches(shuffled(events, random), random, 60)).flat();
  const results = await Promise.all(requests.map((batch) => theRecord(org.ctx, batch)));
  expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(events.length);
  expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(11 * events.length);
  expect(await stored(org)).toHaveLength(events.length);
});

it('answers each of many requests that share a write by its own token and its own events', async () => {
  const org = await anOrganisation();
  const other = await anOrganisation({ name: 'Other' });
  const [reader, expired, revoked] = [
    await org.newToken({ scopes: ['read'] }),
    await org.newToken({ days: 1 }),
    await org.newToken(),
  ];
  await revokeToken(org.owner, revoked.id);
  const now = aClock(org.clock.now().getTime() + 2 * 86_400_000);
  const senders = [
    { secret: org.token, code: null },
    { secret: reader.secret, code: 'forbidden' },
    { secret: expired.secret, code: 'unauthenticated' },
    { secret: revoked.secret, code: 'unauthenticated' },
    { secret: createSecret('token', org.orgId).secret, code: 'unauthenticated' },
    { secret: other.token, code: null },
  ] as const;
  const submissions = Array.from({ length: 120 }, (_, index) => {
    const sender = senders[index % senders.length] ?? senders[0];
    const answer = submitEvents(bearer(sender.secret), [opened(`own#${index}`), opened('shared')], now);
    return {
      index,
      ...sender,
      answer: answer.then(
        (result) => ({ result }),
        (error: unknown) => ({ error }),
      ),
    };
  });
  for (const { index, code, answer } of submissions) {
    const given = await answer;
    if (code) expect(given).toMatchObject({ error: { code } });
    else
      expect(given, `request ${index}`).toMatchObject({
        result: { rejected: 0, items: [{ id: `own#${index}/1`, status: 'accepted' }, {}] },
      });
  }
  const own = (secret: string) =>
    submissions.filter((one) => one.secret === secret).map(({ index }) => `own#${index}/1`);
  expect((await stored(org)).map(({ id }) => id).sort()).toEqual([...own(org.token), 'shared/1'].sort());
  expect((await stored(other)).map(({ id }) => id).sort()).toEqual([...own(other.token), 'shared/1'].sort());
});

it('names who sent an event: the token that brought it first', async () => {
  const org = await anOrganisation();
  const second = await org.newToken();
  const titles = ['first', 'second', 'third', 'fourth'];
  const results = await Promise.all(
    titles.map((title, index) =>
      submitEvents(bearer(index === 0 ? org.token : second.secret), [opened('t#1', title)], org.clock),
    ),
  );
  const winner = results.findIndex(({ accepted }) => accepted === 1);
  const [event] = await stored(org);
  expect(event?.data).toMatchObject({ task: { title: titles[winner] } });
  expect(event?.receivedBy === `token:${second.id}`).toBe(winner !== 0);
});

it('one submission that the database refuses spoils no other', async () => {
  const org = await anOrganisation();
  const poison = opened('poison');
  if (poison.ok) poison.event.data = { task: { ref: 'poison', title: '\u0000' } };
  const good = Array.from({ length: 20 }, (_, index) =>
    submitEvents(bearer(org.token), [opened(`t#${index}`)], org.clock),
  );
  const bad = submitEvents(bearer(org.token), [poison], org.clock);
  await expect(bad).rejects.toThrow();
  expect((await Promise.all(good)).every(({ accepted }) => accepted === 1)).toBe(true);
});

it('tells the next one to come back when five hundred wait already, and then takes it', async () => {
  const org = await anOrganisation();
  const blocker = await connect(database.url);
  await blocker.query('BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE');
  const waiting = Array.from({ length: 520 }, (_, index) => {
    try {
      return submitEvents(bearer(org.token), [opened(`t#${index}`)], org.clock);
    } catch (error) {
      return Promise.reject(error);
    }
  });
  const settled = Promise.allSettled(waiting);
  await blocker.query('COMMIT');
  await blocker.end();
  const answers = await settled;
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: 'overloaded', status: 503, retryAfterSeconds: 1 });
  expect(await stored(org)).toHaveLength(520 - refused.length);
  await expect(submitEvents(bearer(org.token), [opened('later')], org.clock)).resolves.toMatchObject({
    accepted: 1,
  });
});

it('tells all who wait at once when the database is away, and does not try for each', async () => {
  const org = await anOrganisation();
  await submitEvents(bearer(org.token), [opened('before')], org.clock);
  const { default: pg } = await import('pg');
  const connecting = vi.spyOn(pg.Pool.prototype, 'connect').mockImplementation(() => {
    return new Promise((_, reject) =>
      setTimeout(() => reject(new Error('timeout exceeded when trying to connect')), 100),
    );
  });
  const started = performance.now();
  const answers = await Promise.allSettled(
    Array.from({ length: 100 }, (_, index) =>
      submitEvents(bearer(org.token), [opened(`t#${index}`)], org.clock),
    ),
  );
  connecting.mockRestore();
  expect(answers.every((answer) => answer.status === 'rejected' && answer.reason.status === 503)).toBe(true);
  expect(performance.now() - started).toBeLessThan(2_000);
  await expect(submitEvents(bearer(org.token), [opened('after')], org.clock)).resolves.toMatchObject({
    accepted: 1,
  });
});

it('notes when a token was last used, to the minute', async () => {
  const clock = aClock(STORY_START);
  const org = await anOrganisation({ clock });
  const lastUsed = async () =>
    (await inOrg(org.orgId, (tx) => tx.token.findFirstOrThrow({ where: { orgId: org.orgId } }))).lastUsedAt;
  expect(await lastUsed()).toBeNull();
  await submitEvents(bearer(org.token), [], clock);
  expect(await lastUsed()).toEqual(new Date(STORY_START));
  clock.moveOn({ seconds: 59 });
  await submitEvents(bearer(org.token), [], clock);
  expect(await lastUsed()).toEqual(new Date(STORY_START));
  clock.moveOn({ seconds: 2 });
  await submitEvents(bearer(org.token), [], clock);
  expect(await lastUsed()).toEqual(new Date(STORY_START + 61_000));
});
