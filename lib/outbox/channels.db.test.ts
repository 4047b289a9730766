import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { projectAll } from '@/lib/projection/projector';
import { keepDueReports } from '@/lib/reports/background';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { aSink, type Sink } from '@/lib/testing/sink';
import { sendDueDeliveries } from './background';
import { getChannels } from './data/channels';
import { addChannel, removeChannel, switchChannel, tryChannel } from './mutations/channels';
import { resealChannels } from './mutations/reseal';
import { resendDelivery } from './mutations/resend';
import { addChannelSchema } from './schema';

aTestDatabase();

const DAY = 86_400_000;
/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 16);
const NASTY = 'Pay <!channel> & [ments](https://evil.example) *b*';

let sink: Sink;
beforeAll(async () => {
  sink = await aSink();
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
    GAIT_TRUSTED_HOSTS: sink.host,
  });
});
afterAll(() => sink.close());

let org: TestOrganisation;
let clock: HandClock;

beforeEach(async () => {
  sink.forget();
  clock = aClock(MONDAY);
  org = await anOrganisation({ clock });
  await theRecord(
    org.ctx,
    aTask('t#1')
      .at(MONDAY - DAY)
      .openedBy('codex', { team: NASTY, category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  await projectAll(clock);
});

const aChannel = (changes: object = {}) =>
  addChannelSchema.parse({
    team: '',
    kind: 'slack',
    name: '#readiness',
    url: `${sink.url}/${org.slug}-${org.orgId}`,
    gets: ['report'],
    ...changes,
  });

const work = async () => {
  await keepDueReports(clock);
  await sendDueDeliveries(clock);
};

/** A week is over, and its reports are sent. */
const aWeekPasses = async () => {
  clock.moveOn({ days: 7, hours: 8 });
  await work();
};

/** Of this organisation: those of other tests are due, too. */
const posts = () => sink.posts.filter(({ path }) => path.endsWith(org.orgId));

const deliveries = () => inOrg(org.orgId, (tx) => tx.delivery.findMany({ orderBy: { key: 'asc' } }));

describe('a report', () => {
  it('comes to Slack once, as blocks in which no name is a mark', async () => {
    await addChannel(org.owner, aChannel());
    await aWeekPasses();
    await work();
    expect(posts()).toHaveLength(1);
    const message = JSON.parse(posts()[0]?.body ?? '');
    expect(message.text).toContain('Acme: 0 of 1 lane run');
    expect(message.blocks.map(({ type }: { type: string }) => type)).toEqual([
      'header',
      'rich_text',
      'rich_text',
      'rich_text',
      'rich_text',
      'actions',
      'context',
    ]);
    const elements = message.blocks
      .filter(({ type }: { type: string }) => type === 'rich_text')
      .flatMap((block: { elements: { elements: object[] }[] }) => block.elements)
      .flatMap((part: { elements: object[] }) => part.elements)
      .flatMap((part: { elements?: object[] }) => part.elements ?? [part]);
    expect(elements).toContainEqual(
      expect.objectContaining({ type: 'link', text: expect.stringContaining(NASTY) }),
    );
    expect(new Set(elements.map(({ type }: { type: string }) => type))).toEqual(new Set(['text', 'link']));
    expect(message.blocks.at(-2).elements[0].url).toBe('https://gait.acme.example/acme/reports/2026-W47');
  });

  it('comes to Teams as an adaptive card of text runs', async () => {
    await addChannel(org.owner, aChannel({ kind: 'teams' }));
    await aWeekPasses();
    const { type, attachments } = JSON.parse(posts()[0]?.body ?? '');
    expect(type).toBe('message');
    const [{ contentType, content }] = attachments;
    expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(content.body.every((block: { type: string }) => block.type === 'RichTextBlock')).toBe(true);
    expect(JSON.stringify(content.body)).toContain(JSON.stringify(NASTY).slice(1, -1));
    expect(content.actions).toEqual([
      {
        type: 'Action.OpenUrl',
        title: 'Read it in Gait',
        url: 'https://gait.acme.example/acme/reports/2026-W47',
      },
    ]);
  });

  it('comes to a webhook as a signed event, which its receiver can check and know again', async () => {
    const { secret } = await addChannel(org.owner, aChannel({ kind: 'webhook' }));
    sink.answer(() => ({ status: 500, body: 'no' }));
    await aWeekPasses();
    sink.answer(() => null);
    clock.moveOn({ minutes: 2 });
    await work();
    const [first, second] = posts();
    // The library takes no signature that is older than five minutes by its own clock.
    const signed = new Webhook(secret ?? '').sign(
      String(second?.headers['webhook-id']),
      new Date(Number(second?.headers['webhook-timestamp']) * 1000),
      second?.body ?? '',
    );
    expect(second?.headers['webhook-signature']).toBe(signed);
    expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
    expect(first?.headers['webhook-signature']).not.toBe(second?.headers['webhook-signature']);
    const event = JSON.parse(second?.body ?? '');
    const report = await inOrg(org.orgId, (tx) => tx.report.findFirstOrThrow({ where: { team: '' } }));
    expect(event).toMatchObject({
      specversion: '1.0',
      id: second?.headers['webhook-id'],
      type: 'dev.gait.report.frozen.v1',
      source: 'https://gait.acme.example/acme',
      data: { hash: report.hash, report: report.content, team: null },
    });
  });

  it('of a team goes to the channel of that team, and to no other', async () => {
    const [{ slug } = { slug: '' }] = await inOrg(org.orgId, (tx) => tx.team.findMany());
    await addChannel(org.owner, aChannel({ team: slug }));
    await aWeekPasses();
    expect(posts()).toHaveLength(1);
    expect(posts()[0]?.body).toContain(`/acme/reports/2026-W47?team=${slug}`);
  });
});

describe('a receiver', () => {
  it('that answers 500 for a day loses nothing, and after that is listed and can be asked again', async () => {
    await addChannel(org.owner, aChannel());
    sink.answer(() => ({ status: 500, body: 'down\nfor a while' }));
    await aWeekPasses();
    const began = clock.now().getTime();
    expect((await getChannels(org.orgId)).items).toMatchObject([
      { lastError: `${sink.host} answered 500: down for a while.`, lastSentAt: null },
    ]);
    while ((await deliveries())[0]?.status === 'waiting') {
      clock.moveOn({ minutes: 30 });
      await work();
    }
    expect(clock.now().getTime() - began).toBeGreaterThan(DAY);
    const [dead] = (await getChannels(org.orgId)).deliveries;
    expect(dead).toMatchObject({ isDead: true, attempts: 14, to: '#readiness', what: 'Report of 2026-W47' });
    sink.forget();
    await resendDelivery(org.owner, { delivery: dead?.id ?? '' });
    expect((await getChannels(org.orgId)).deliveries, 'on its way, it failed at nothing yet').toEqual([]);
    await work();
    expect(posts()).toHaveLength(1);
    expect(await getChannels(org.orgId)).toMatchObject({
      items: [{ lastError: null, lastSentAt: clock.now().toISOString() }],
      deliveries: [],
    });
  });

  it('that redirects is not followed, one that is gone is asked no more, and one that says nothing is tried again', async () => {
    await addChannel(org.owner, aChannel());
    sink.answer(() => ({ status: 302, location: 'http://169.254.169.254/latest' }));
    await aWeekPasses();
    expect(await deliveries()).toMatchObject([
      {
        status: 'waiting',
        error: expect.stringContaining('redirects elsewhere, which Gait does not follow'),
      },
    ]);
    sink.answer(() => 'hang');
    clock.moveOn({ minutes: 2 });
    await work();
    expect(await deliveries()).toMatchObject([
      { status: 'waiting', attempts: 2, error: expect.stringContaining('did not answer within 10 s') },
    ]);
    sink.answer(() => ({ status: 410 }));
    clock.moveOn({ minutes: 10 });
    await work();
    expect(await deliveries()).toMatchObject([{ status: 'dead', attempts: 3 }]);
  }, 30_000);

  it('does not hold up another', async () => {
    await addChannel(org.owner, aChannel());
    await addChannel(org.owner, aChannel({ name: '#well', url: `${sink.url}/well-${org.orgId}` }));
    sink.answer(({ path }) => (path.includes('well') ? null : 'hang'));
    await aWeekPasses();
    expect((await deliveries()).map(({ status }) => status).sort()).toEqual(['sent', 'waiting']);
  }, 30_000);
});

describe('a channel', () => {
  it('that is paused or removed gets nothing, also not what waited', async () => {
    const paused = await addChannel(org.owner, aChannel());
    const removed = await addChannel(org.owner, aChannel({ name: '#removed' }));
    clock.moveOn({ days: 7, hours: 8 });
    await keepDueReports(clock);
    await switchChannel(org.owner, { channel: paused.id, isOn: false });
    await removeChannel(org.owner, { channel: removed.id });
    const statuses = async () => (await deliveries()).map(({ status }) => status).sort();
    expect(await statuses(), 'that of the removed one is over at once').toEqual(['dropped', 'waiting']);
    await sendDueDeliveries(clock);
    expect(posts()).toEqual([]);
    expect(await statuses()).toEqual(['dropped', 'dropped']);
    await switchChannel(org.owner, { channel: paused.id, isOn: true });
    clock.moveOn({ days: 7 });
    await work();
    expect(posts()).toHaveLength(1);
    const acts = await inOrg(org.orgId, (tx) =>
      tx.audit.findMany({ where: { act: { startsWith: 'channel.' } }, orderBy: { seq: 'asc' } }),
    );
    expect(acts.map(({ act }) => act)).toEqual([
      'channel.added',
      'channel.added',
      'channel.paused',
      'channel.removed',
      'channel.resumed',
    ]);
  });

  it('is tried at once, and the answer of its receiver is told', async () => {
    const { id } = await addChannel(org.owner, aChannel());
    await tryChannel(org.owner, { channel: id });
    expect(posts()[0]?.body).toContain('Gait can reach this channel');
    sink.answer(() => ({ status: 404, body: 'no_service' }));
    await expect(tryChannel(org.owner, { channel: id })).rejects.toMatchObject({
      code: 'conflict',
      message: `It was not taken. ${sink.host} answered 404: no_service.`,
    });
    const lastSentAt = clock.now().toISOString();
    expect((await getChannels(org.orgId)).items).toMatchObject([
      { lastError: `${sink.host} answered 404: no_service.`, lastSentAt },
    ]);
    sink.forget();
    await tryChannel(org.owner, { channel: id });
    expect((await getChannels(org.orgId)).items).toMatchObject([{ lastError: null, lastSentAt }]);
  });

  it.each([
    ['http://10.0.0.1/x', 'https'],
    ['https://169.254.169.254/latest', 'not on the public internet'],
    ['https://localhost/x', 'not on the public internet'],
    ['https://user:word@hooks.slack.com/x', 'user name'],
    ['no address', 'no web address'],
  ])('at %s is refused at its field', async (url, why) => {
    await expect(addChannel(org.owner, aChannel({ url }))).rejects.toMatchObject({
      fields: { url: [expect.stringContaining(why)] },
    });
  });

  it('is listed with the name of whoever added it', async () => {
    await addChannel(org.owner, aChannel());
    const { name } = await inOrg(org.orgId, (tx) => tx.person.findFirstOrThrow());
    expect((await getChannels(org.orgId)).items).toMatchObject([{ createdBy: name }]);
  });

  it('has a name that no other of the same team has', async () => {
    const [{ slug } = { slug: '' }] = await inOrg(org.orgId, (tx) => tx.team.findMany());
    await addChannel(org.owner, aChannel());
    await addChannel(org.owner, aChannel({ team: slug }));
    await expect(addChannel(org.owner, aChannel({ name: ' #readiness ' }))).rejects.toMatchObject({
      fields: { name: ['Another channel there has this name.'] },
    });
  });

  it.each(['a\u0000b', 'a\nb', 'a\u202Eb'])('named %j is refused at its field', (name) => {
    const parsed = addChannelSchema.safeParse({ ...aChannel(), name });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([['name']]);
  });

  it('is for who leads: a member sets none, and a lead only those of their team', async () => {
    const [{ slug } = { slug: '' }] = await inOrg(org.orgId, (tx) => tx.team.findMany());
    const member = await org.person('Mia', 'member');
    const lead = await org.person('Lena', 'lead', slug);
    const { id } = await addChannel(org.owner, aChannel());
    const deeds = [
      () => addChannel(member, aChannel()),
      () => addChannel(lead, aChannel()),
      () => tryChannel(member, { channel: id }),
      () => removeChannel(lead, { channel: id }),
    ];
    for (const deed of deeds) await expect(deed()).rejects.toMatchObject({ code: 'forbidden' });
    await addChannel(lead, aChannel({ team: slug }));
  });

  it('opens without the previous AUTH_SECRET once that was replaced', async () => {
    const { id } = await addChannel(org.owner, aChannel({ kind: 'webhook' }));
    const second = 'a second secret that is long enough';
    adoptEnv({ AUTH_SECRET: second, AUTH_SECRET_PREVIOUS: 'a secret of the test that is long enough' });
    await resealChannels(org.orgId);
    adoptEnv({ AUTH_SECRET: second, AUTH_SECRET_PREVIOUS: '' });
    try {
      await tryChannel(org.owner, { channel: id });
    } finally {
      adoptEnv({ AUTH_SECRET: 'a secret of the test that is long enough' });
    }
    expect(posts()).toHaveLength(1);
  });

  it('keeps its address and secret sealed: no list, page or audit entry has them', async () => {
    const { secret } = await addChannel(org.owner, aChannel({ kind: 'webhook' }));
    const rows = await inOrg(org.orgId, async (tx) => ({
      channels: await tx.channel.findMany(),
      audit: await tx.audit.findMany({ select: { target: true, before: true, after: true } }),
    }));
    const all = JSON.stringify([rows, await getChannels(org.orgId)]);
    expect(secret).toMatch(/^whsec_/);
    expect(all).not.toContain(secret);
    expect(all).not.toContain(`${org.slug}-${org.orgId}`);
  });
});
