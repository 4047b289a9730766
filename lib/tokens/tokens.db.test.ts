import { beforeEach, describe, expect, it } from 'vitest';
import * as agents from '@/app/api/v1/agents/route';
import * as events from '@/app/api/v1/events/route';
import * as incidents from '@/app/api/v1/incidents/route';
import * as lane from '@/app/api/v1/lanes/[team]/[category]/route';
import * as lanes from '@/app/api/v1/lanes/route';
import * as recommendations from '@/app/api/v1/recommendations/route';
import * as tasks from '@/app/api/v1/tasks/route';
import type { GaitEvent } from '@/lib/domain/event';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { readSecret } from '@/lib/platform/secret';
import { projectAll } from '@/lib/projection/projector';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { asCloudEvent, theRecord } from '@/lib/testing/record';
import { findToken, listTokens } from './data';
import { createToken, replaceToken, revokeToken } from './mutations';

aTestDatabase();

let org: TestOrganisation;
let clock: HandClock;

beforeEach(async () => {
  clock = aClock(Date.now());
  org = await anOrganisation({ clock });
});

const lives = async (secret: string) => {
  const read = readSecret('token', secret);
  return read !== null && (await findToken(org.orgId, read.hash, clock.now())) !== null;
};

describe('a token that is replaced', () => {
  it('goes on for the overlap, and the new one has its rights and its lifetime', async () => {
    const old = await org.newToken({ scopes: ['read'], days: 30 });
    clock.moveOn({ days: 10 });
    const made = await replaceToken(org.owner, { id: old.id, overlap: 24 });
    expect([await lives(old.secret), await lives(made.secret)]).toEqual([true, true]);
    const { items } = await listTokens(org.orgId, clock.now());
    expect(items.find(({ id }) => id === made.id)).toMatchObject({
      name: 'CI',
      scopes: ['read'],
      expiresAt: new Date(clock.now().getTime() + 30 * 86_400_000).toISOString(),
      besides: items.find(({ id }) => id === old.id)?.prefix,
    });
    expect(items.find(({ id }) => id === old.id)).toMatchObject({ replaced: true, expired: false });
    clock.moveOn({ hours: 25 });
    expect([await lives(old.secret), await lives(made.secret)]).toEqual([false, true]);
    const later = await listTokens(org.orgId, clock.now());
    expect(later.items.find(({ id }) => id === made.id)).toMatchObject({ besides: null });
    const acts = await inOrg(org.orgId, (tx) =>
      tx.audit.findMany({ where: { act: { startsWith: 'token.' } }, orderBy: { seq: 'desc' }, take: 2 }),
    );
    expect(acts).toMatchObject([
      { act: 'token.replaced', target: `token:${old.id}`, after: { by: made.id } },
      { act: 'token.created', after: { replaces: old.id } },
    ]);
  });

  it('does not outlive its own end, nor is it replaced twice or when it has ended', async () => {
    const old = await org.newToken({ days: 1 });
    clock.moveOn({ hours: 23 });
    const { oldExpiresAt } = await replaceToken(org.owner, { id: old.id, overlap: 168 });
    expect(oldExpiresAt).toEqual(new Date(clock.now().getTime() + 3_600_000));
    await expect(replaceToken(org.owner, { id: old.id, overlap: 1 })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Another token has taken its place already.',
    });
    const ended = await org.newToken();
    await revokeToken(org.owner, ended.id);
    await expect(replaceToken(org.owner, { id: ended.id, overlap: 1 })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This token works no longer: make a new one.',
    });
  });

  it('of two people who replace it at once, one is told that it is done', async () => {
    const old = await org.newToken();
    const both = await Promise.allSettled(
      [1, 2].map(() => replaceToken(org.owner, { id: old.id, overlap: 1 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a token of one team', () => {
  let authorization: string;
  beforeEach(async () => {
    const told = (team: string) => [
      aTask(`${team}#1`)
        .at(STORY_START)
        .openedBy('codex', { team, category: 'tests', title: `Of ${team}` })
        .approvedBy('ana')
        .merged('ana'),
      anIncident(`${team}-down`).at(STORY_START).opened('SEV3', { team }).linkedTo(`${team}#1`),
    ];
    await theRecord(org.ctx, ...told('Payments'), ...told('Search'));
    await projectAll(clock);
    const token = await org.newToken({ scopes: ['read', 'events:write'], team: 'payments' });
    authorization = `Bearer ${token.secret}`;
  });

  type Door = (request: Request, context: { params: Promise<object> }) => Promise<Response>;
  const get = async (door: { GET: unknown }, address: string, params: object = {}) => {
    const request = new Request(`http://gait/api/v1/${address}`, { headers: { authorization } });
    const answer = await (door.GET as Door)(request, { params: Promise.resolve(params) });
    return { status: answer.status, text: await answer.text() };
  };

  it('reads its own team alone, at every address', async () => {
    for (const [door, address] of [
      [tasks, 'tasks'],
      [lanes, 'lanes'],
      [incidents, 'incidents'],
      [recommendations, 'recommendations'],
    ] as const) {
      const { status, text } = await get(door, address);
      expect(status, address).toBe(200);
      expect(text, address).not.toContain('earch');
      if (door !== recommendations) expect(text, address).toContain('Payments');
    }
    expect((await get(agents, 'agents')).status, 'agents belong to no team').toBe(403);
    expect((await get(tasks, 'tasks?team=search')).status).toBe(403);
    expect((await get(lanes, 'lanes?team=search')).status).toBe(403);
    const search = { team: 'search', category: 'tests' };
    expect((await get(lane, 'lanes/search/tests', search)).status).toBe(403);
    expect((await get(lane, 'lanes/payments/tests', { ...search, team: 'payments' })).status).toBe(200);
  });

  /** Under an id of its own: the record holds the first event of the same story already. */
  const anew = (event: GaitEvent) => ({ ...asCloudEvent(event), source: 'anew' });

  type Item = { status: string; errors?: { pointer: string }[] };
  const send = async (body: unknown[]): Promise<Item[]> => {
    const request = new Request('http://gait/api/v1/events', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(body),
    });
    const answer = await events.POST(request, { params: Promise.resolve({}) });
    return ((await answer.json()) as { items: Item[] }).items;
  };

  it('records for its own team alone, and what names no team is its own', async () => {
    const items = await send([
      ...aTask('new#1').openedBy('codex', { category: 'tests' }).events.map(anew),
      ...aTask('new#2').openedBy('codex', { team: 'Search', category: 'tests' }).events.map(anew),
      ...aTask('Payments#1').approvedBy('ben').events.map(anew),
      ...aTask('Search#1').approvedBy('ben').events.map(anew),
      ...anIncident('Payments-down').linkedTo('Search#1', 'confirmed', { by: 'ana' }).events.map(anew),
      ...anIncident('new-down').opened('SEV2', { team: 'Search' }).events.map(anew),
    ]);
    expect(items.map(({ status, errors }) => errors?.[0]?.pointer ?? status)).toEqual([
      'accepted',
      '/data/task/team',
      'accepted',
      '/data/task/ref',
      '/data/task/ref',
      '/data/incident/team',
    ]);
    await projectAll(clock);
    const task = await inOrg(org.orgId, (tx) => tx.task.findFirst({ where: { ref: 'new#1' } }));
    expect(task).toMatchObject({ team: 'payments' });
  });

  it('is made and ended by the team’s own lead, who may make no other', async () => {
    const lead = await org.person('Lena', 'lead', 'payments');
    const input = { name: 'ci', scopes: ['read' as const], days: 9 };
    const own = await createToken(lead, { ...input, team: 'payments' });
    for (const team of ['search', undefined])
      await expect(createToken(lead, { ...input, team })).rejects.toMatchObject({ code: 'forbidden' });
    await revokeToken(lead, own.id);
    const others = await org.newToken({ team: 'search' });
    await expect(revokeToken(lead, others.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(replaceToken(lead, { id: others.id, overlap: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('is of a team that there is, and never one that reads the audit log', async () => {
    const input = { name: 'ci', scopes: ['read' as const], days: 9 };
    await expect(createToken(org.owner, { ...input, team: 'nobody' })).rejects.toMatchObject({
      fields: { team: ['There is no such team yet.'] },
    });
    const audit = { ...input, scopes: ['audit:read' as const], team: 'payments' };
    await expect(createToken(org.owner, audit)).rejects.toMatchObject({ code: 'invalid' });
  });
});
