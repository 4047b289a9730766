import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DELETE, GET, POST } from '@/app/api/unsubscribe/route';
import { RECEIVER_LIMITS } from '@/lib/domain/notice/receiver-limits';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { sendMail } from '@/lib/platform/mail';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { noticeMailOf } from './notice-mail';

aTestDatabase();

let mailbox: Mailbox;
let org: TestOrganisation;
beforeAll(async () => {
  mailbox = await aMailbox();
  adoptEnv({
    SMTP_URL: mailbox.url,
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  });
});
afterAll(() => mailbox.close());
beforeEach(async () => {
  mailbox.forget();
  org = await anOrganisation({ clock: aClock(Date.now()) });
});

/** Mails an alert about these teams, and reads the address in its header as a mail client does. */
async function addressInMail(teams: string[], deliveryId = newId()): Promise<string> {
  const organisation = { slug: org.slug, name: 'Acme' };
  const section = { key: 'why', title: 'Why', sentences: ['It broke.'], list: [], table: null, more: 0 };
  const document = { title: 'SEV1', lead: 'Now', answer: 'SEV1', sections: [section], fine: [] };
  await sendMail(
    noticeMailOf(
      { kind: 'incident', organisation, document, path: '/', button: 'See it', data: {}, content: null },
      {
        orgId: org.orgId,
        personId: org.owner.actor.personId,
        address: 'olga@acme.example',
        deliveryId,
        teams,
        now: new Date(),
      },
    ),
  );
  await mailbox.until(1);
  const text = (mailbox.mails[0]?.text ?? '').replaceAll(/\r\n[ \t]+/g, ' ');
  const [, header = ''] = /^(List-Unsubscribe: .*)\r?$/m.exec(text) ?? [];
  expect(Buffer.byteLength(header)).toBeLessThanOrEqual(RECEIVER_LIMITS.mailHeaderLine.ours);
  const [, address = ''] = /<(https:[^>]+)>/.exec(header) ?? [];
  return address;
}

/** An incident with a change of each of these teams, and the delivery that tells of it. */
async function theIncident(teams: readonly string[], deliveryId: string): Promise<void> {
  const { orgId } = org;
  const now = new Date();
  const tasks = teams.slice(1).map((team, n) => ({ ref: `t#${n}`, team }));
  await inOrg(orgId, async (tx) => {
    await tx.incident.create({ data: { orgId, ref: 'pd:1', team: teams[0] ?? null, openedAt: now } });
    await tx.task.createMany({
      data: tasks.map((task) => ({
        ...task,
        orgId,
        category: 'tests',
        categoryReason: '',
        state: 'open',
        lastEventAt: now,
        labels: [],
        outcomeReason: '',
        anomalies: [],
      })),
    });
    await tx.incidentLink.createMany({
      data: tasks.map(({ ref }) => ({
        orgId,
        incidentRef: 'pd:1',
        taskRef: ref,
        status: 'confirmed',
        linkedAt: now,
      })),
    });
    await tx.delivery.create({
      data: {
        orgId,
        id: deliveryId,
        kind: 'incident',
        team: '',
        key: 'pd:1',
        recipient: 'person',
        recipientId: org.owner.actor.personId,
        status: 'sent',
        attempts: 1,
        createdAt: now,
        nextTryAt: now,
      },
    });
  });
}

const noParams = { params: Promise.resolve({}) };
const FORM = 'application/x-www-form-urlencoded';

const click = (address: string, body: string | FormData = 'List-Unsubscribe=One-Click') =>
  POST(
    new Request(address, {
      method: 'POST',
      body,
      ...(typeof body === 'string' && { headers: { 'content-type': FORM } }),
    }),
    noParams,
  );

const choices = () =>
  inOrg(org.orgId, async (tx) =>
    (await tx.mailChoice.findMany({ where: { orgId: org.orgId }, orderBy: { team: 'asc' } })).map(
      ({ kind, team, wants }) => ({ kind, team, wants }),
    ),
  );

it('one click of a mail client ends the mails and is answered 200, however often it comes', async () => {
  const address = await addressInMail(['payments']);
  for (const _ of [1, 2]) expect((await click(address)).status).toBe(200);
  expect(await choices()).toEqual([{ kind: 'alert', team: 'payments', wants: false }]);
});

it('so is one that is sent as multipart, as RFC 8058 allows', async () => {
  const address = await addressInMail(['payments']);
  const body = new FormData();
  body.set('List-Unsubscribe', 'One-Click');
  expect((await click(address, body)).status).toBe(200);
  expect(await choices()).toHaveLength(1);
});

it('a browser that opens the same address is shown the page that asks, and nothing ends', async () => {
  const address = await addressInMail(['payments']);
  const { status, headers } = await GET(new Request(address), noParams);
  expect(status).toBe(303);
  expect(headers.get('location')).toBe(address.replace('/api/unsubscribe?', '/unsubscribe?'));
  expect(await choices()).toEqual([]);
});

it('the page’s own form comes back to a page', async () => {
  const address = await addressInMail(['payments']);
  const { status, headers } = await click(`${address}&from=page`, '');
  expect([status, headers.get('location')]).toEqual([303, 'https://gait.acme.example/unsubscribe?done=1']);
  expect(await choices()).toHaveLength(1);
});

it('an address that was cut is refused, and other methods are', async () => {
  const address = await addressInMail(['payments']);
  expect((await click(address.slice(0, -3))).status).toBe(400);
  expect((await DELETE(new Request(address, { method: 'DELETE' }), noParams)).status).toBe(405);
  expect(await choices()).toEqual([]);
});

it('of an incident that concerns many teams with long names, the address is short and ends the alerts of each', async () => {
  const names = Array.from({ length: 11 }, (_, n) => `${n}-${'支付结算平台'.repeat(9)}`);
  const deliveryId = newId();
  await theIncident(names, deliveryId);
  expect((await click(await addressInMail(names, deliveryId))).status).toBe(200);
  expect((await choices()).map(({ team }) => team).toSorted()).toEqual(names.toSorted());
});
