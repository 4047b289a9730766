import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { projectAll } from '@/lib/projection/projector';
import { rebuildProjections } from '@/lib/projection/rebuild';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { aDecision } from '@/lib/testing/world';
import { sendDueDeliveries } from './background';
import { getOwnMails } from './data/own-mails';
import { chooseMail, setQuietHours } from './mutations/choices';
import { unsubscribe } from './mutations/unsubscribe';
import { chooseMailSchema } from './schema';

aTestDatabase();

const DAY = 86_400_000;
const NOW = STORY_START + 40 * DAY;

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await aMailbox();
  adoptEnv({
    SMTP_URL: mailbox.url,
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  });
});
afterAll(() => mailbox.close());

let org: TestOrganisation;
let clock: HandClock;
let domain: string;

/** A lane of 20 tasks that Lena moved to walk, in an organisation that sends mails. */
beforeEach(async () => {
  mailbox.forget();
  clock = aClock(NOW);
  org = await anOrganisation({ clock });
  domain = `${newId()}.example`;
  const tasks = Array.from({ length: 20 }, (_, index) =>
    aTask(`t#${index}`)
      .at(STORY_START + 5 * DAY + index * 60_000)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  const accepted = aDecision({ team: 'payments', category: 'tests' }, STORY_START + 30 * DAY, 'walk');
  await theRecord(org.ctx, ...tasks, [accepted]);
  await projectAll(clock);
  await reachable(org.owner.actor.personId, 'olga');
  await inOrg(org.orgId, (tx) =>
    tx.reportSchedule.create({
      data: {
        orgId: org.orgId,
        team: '',
        weekday: 1,
        hour: 8,
        minute: 0,
        zone: 'Europe/Berlin',
        isSent: true,
      },
    }),
  );
});

async function reachable(personId: string, name: string): Promise<void> {
  await inOrg(org.orgId, (tx) =>
    tx.person.update({
      where: { orgId_id: { orgId: org.orgId, id: personId } },
      data: { email: `${name}@${domain}` },
    }),
  );
}

async function aLead(name: string, team: string) {
  const lead = await org.person(name, 'lead', team);
  await reachable(lead.actor.personId, name.toLowerCase());
  return lead;
}

const settle = async () => {
  await projectAll(clock);
  await sendDueDeliveries(clock);
};

/** Who was sent what. */
const mails = () =>
  mailbox.mails
    .filter(({ to }) => to.endsWith(domain))
    .map(
      ({ to, text }) =>
        `${to.split('@')[0]}: ${text.includes('fell from walk to crawl') ? 'demotion' : 'incident'}`,
    )
    .sort();

const deliveries = () =>
  inOrg(org.orgId, (tx) =>
    tx.delivery.findMany({ where: { orgId: org.orgId }, orderBy: [{ createdAt: 'asc' }, { kind: 'asc' }] }),
  );

const outage = () => anIncident('pd:1').at(NOW).opened('SEV1', { title: 'Checkout is down' });
const confirmed = () => outage().after({ minutes: 5 }).linkedTo('t#5', 'confirmed', { by: 'lena' });

it('a SEV1, and the gear that it costs, are told at once, each once, to who leads the team', async () => {
  await aLead('Lena', 'payments');
  await aLead('Sara', 'search');
  await theRecord(org.ctx, confirmed());
  clock.moveOn({ minutes: 10 });
  await settle();
  await rebuildProjections(org.orgId, clock);
  await settle();
  expect(mails()).toEqual(['lena: demotion', 'lena: incident']);
  const incident = mailbox.mails.find(({ text }) => text.includes('SEV1: Checkout'))?.text;
  expect(incident).toContain('It concerns Payments. It is open.');
  expect(incident).toContain('t#5 (confirmed)');
  const demotion = mailbox.mails.find(({ text }) => text.includes('fell from walk to crawl'))?.text;
  expect(demotion).toContain('https://gait.acme.example/acme/lanes/payments/tests');
  expect(await deliveries()).toHaveLength(2);
});

it('who leads the organisation is told of a team that nobody leads, and of no team at all', async () => {
  await theRecord(org.ctx, outage());
  await settle();
  expect(mails()).toEqual(['olga: incident']);
  await theRecord(org.ctx, confirmed());
  clock.moveOn({ minutes: 10 });
  await settle();
  expect(mails(), 'the incident once').toEqual(['olga: demotion', 'olga: incident']);
});

it('history that is told late, less than SEV1 and what is over is no news', async () => {
  await aLead('Lena', 'payments');
  const old = anIncident('pd:old').at(NOW - 8 * DAY);
  const small = anIncident('pd:small').at(NOW);
  const over = anIncident('pd:over').at(NOW - DAY);
  await theRecord(
    org.ctx,
    old.opened('SEV1', { team: 'Payments' }).linkedTo('t#5', 'confirmed', { by: 'lena' }),
    small.opened('SEV2', { team: 'Payments' }),
    over.opened('SEV1', { team: 'Payments' }).after({ hours: 1 }).resolved(),
  );
  await settle();
  expect(await inOrg(org.orgId, (tx) => tx.loggedMove.count({ where: { kind: 'demoted' } }))).toBe(1);
  expect(await deliveries()).toEqual([]);
});

it('what is taken back before it is sent is not sent, nor an incident that concerns the reader no more', async () => {
  await aLead('Lena', 'payments');
  await theRecord(org.ctx, confirmed());
  clock.moveOn({ minutes: 10 });
  await projectAll(clock);
  await theRecord(org.ctx, confirmed().after({ minutes: 10 }).linkedTo('t#5', 'rejected', { by: 'lena' }));
  clock.moveOn({ minutes: 10 });
  await settle();
  expect(mails(), 'it concerns no team now').toEqual(['olga: incident']);
  const dropped = (await deliveries()).filter(({ status }) => status === 'dropped');
  expect(dropped).toMatchObject([
    { kind: 'demotion', error: 'It was taken back before it was sent.' },
    { kind: 'incident', error: expect.stringContaining('wants it no more') },
  ]);
});

it('a mail waits for the end of quiet hours, and that is no try', async () => {
  // 00:00 UTC is 01:00 or 02:00 in Berlin.
  clock.moveTo(Date.UTC(2026, 10, 17, 0));
  await setQuietHours(org.owner, { from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' });
  await theRecord(org.ctx, anIncident('pd:2').at(clock.now().getTime()).opened('SEV1', { title: 'Down' }));
  await settle();
  expect(mails()).toEqual([]);
  expect(await deliveries()).toMatchObject([
    { status: 'waiting', attempts: 0, nextTryAt: new Date('2026-11-17T06:00:00Z') },
  ]);
  clock.moveTo(Date.UTC(2026, 10, 17, 6));
  await settle();
  expect(mails()).toEqual(['olga: incident']);
});

it('whoever ends their quiet hours gets at once what waited for the end of them', async () => {
  clock.moveTo(Date.UTC(2026, 10, 17, 0));
  await setQuietHours(org.owner, { from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' });
  await theRecord(org.ctx, anIncident('pd:2').at(clock.now().getTime()).opened('SEV1', { title: 'Down' }));
  await settle();
  await setQuietHours(org.owner, null);
  await settle();
  expect(mails()).toEqual(['olga: incident']);
});

it('what came up while nobody was to be told is not told when the incident changes later; what concerns another team then is', async () => {
  await aLead('Lena', 'payments');
  const outage = anIncident('pd:5').at(NOW).opened('SEV1', { team: 'Search', title: 'Down' });
  const renamed = outage.after({ minutes: 5 }).updated({ title: 'Search is down' });
  const switchMails = (isSent: boolean) =>
    inOrg(org.orgId, (tx) => tx.reportSchedule.updateMany({ where: { orgId: org.orgId }, data: { isSent } }));
  await switchMails(false);
  await theRecord(org.ctx, outage);
  await settle();
  await switchMails(true);
  await theRecord(org.ctx, renamed);
  clock.moveOn({ minutes: 10 });
  await settle();
  expect(mails()).toEqual([]);
  await theRecord(org.ctx, renamed.after({ minutes: 5 }).linkedTo('t#5', 'suggested', { by: 'lena' }));
  clock.moveOn({ minutes: 10 });
  await settle();
  expect(mails()).toEqual(['lena: incident']);
});

it('where no mail reaches whoever leads the team, those who lead the organisation are told', async () => {
  await org.person('Henrik', 'lead', 'search');
  await theRecord(org.ctx, anIncident('pd:6').at(NOW).opened('SEV1', { team: 'Search' }));
  await settle();
  expect(mails()).toEqual(['olga: incident']);
});

it('whoever leads the organisation chooses alerts of every team, of those that nobody leads, or of none, and back', async () => {
  const of = async () => {
    const { alertsOf, leadsAll } = await getOwnMails(org.orgId, org.owner.actor);
    return [alertsOf, leadsAll];
  };
  const choose = (wants: string) =>
    chooseMail(org.owner, chooseMailSchema.parse({ kind: 'alert', team: '', wants }));
  expect(await of()).toEqual(['unled', true]);
  await choose('yes');
  expect(await of()).toEqual(['all', true]);
  await choose('no');
  expect(await of()).toEqual(['none', true]);
  await choose('default');
  expect(await of()).toEqual(['unled', true]);
  const member = await org.person('Mia', 'member');
  expect(await getOwnMails(org.orgId, member.actor)).toMatchObject({ alertsOf: 'none', leadsAll: false });
});

it('a choice, the link in the mail, and the switch of the organisation end them', async () => {
  const lead = await aLead('Lena', 'payments');
  await chooseMail(org.owner, { kind: 'alert', team: '', wants: true });
  await theRecord(org.ctx, confirmed());
  clock.moveOn({ minutes: 10 });
  await settle();
  expect(mails()).toHaveLength(4);
  const ofLena = mailbox.mails.find(({ to, text }) => to.startsWith('lena') && text.includes('fell from'));
  const [, of = ''] = /unsubscribe\?of=([\w.-]+)/.exec(ofLena?.text ?? '') ?? [];
  await unsubscribe(of, clock, 'r');
  await chooseMail(org.owner, { kind: 'alert', team: '', wants: false });
  await theRecord(org.ctx, anIncident('pd:3').at(clock.now().getTime()).opened('SEV1', { team: 'Payments' }));
  await settle();
  expect(mails()).toHaveLength(4);
  await chooseMail(lead, { kind: 'alert', team: 'payments', wants: true });
  await inOrg(org.orgId, (tx) => tx.reportSchedule.updateMany({ data: { isSent: false } }));
  await theRecord(org.ctx, anIncident('pd:4').at(clock.now().getTime()).opened('SEV1', { team: 'Payments' }));
  await settle();
  expect(mails()).toHaveLength(4);
});
