import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removePerson } from '@/lib/members/mutations/access';
import { acceptInvitation, invitePerson } from '@/lib/members/mutations/invitations';
import { installOrg } from '@/lib/organisations/mutations';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { LIMITS, overLimit } from '@/lib/platform/rate-limit';
import { findSession } from '@/lib/sessions/data';
import { signIn } from '@/lib/sessions/mutations';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOrganisation } from '@/lib/testing/organisation';
import { beginSignInByEmail } from './mutations/begin';

const database = aTestDatabase();
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await aMailbox();
  adoptEnv({ SMTP_URL: mailbox.url, GAIT_URL: 'https://gait.acme.example' });
});
afterAll(() => mailbox.close());

const LINK = /https:\/\/gait\.acme\.example\/(?:sign-in\?link|join\?invitation)=(\S+)/;

async function acme() {
  const clock = aClock(Date.now());
  const org = await anOrganisation({ clock });
  await installOrg(org.orgId, clock);
  return { org, clock };
}

async function newMail(): Promise<{ to: string; secret: string; text: string }> {
  const before = mailbox.mails.length;
  await mailbox.until(before + 1);
  const { to = '', text = '' } = mailbox.mails[before] ?? {};
  return { to, text, secret: LINK.exec(text)?.[1] ?? '' };
}

describe('mail', () => {
  it('invites, and from then on brings links that sign in', async () => {
    const { org, clock } = await acme();
    const invitation = newMail();
    await invitePerson(org.owner, {
      name: 'Ana Silva',
      email: 'ana@acme.example',
      role: { role: 'member', team: null },
    });
    const { to, secret } = await invitation;
    expect(to).toBe('ana@acme.example');
    await acceptInvitation(secret, null, clock);
    const mailed = newMail();
    expect(await beginSignInByEmail('ana@acme.example', clock)).toEqual({ kind: 'mail' });
    const opened = await signIn((await mailed).secret, null, clock);
    expect(await findSession(opened.secret, clock.now())).toMatchObject({
      via: 'e-mail link',
      person: { name: 'Ana Silva' },
    });
  });

  it('tells a stranger the same and sends nothing; nor to whoever was removed, or where single sign-on is enforced', async () => {
    const { org, clock } = await acme();
    const join = async (name: string, email: string) => {
      const mail = newMail();
      await invitePerson(org.owner, { name, email, role: { role: 'member', team: null } });
      const { secret } = await acceptInvitation((await mail).secret, null, clock);
      return (await findSession(secret, clock.now()))?.person.id ?? '';
    };
    await removePerson(org.owner, { person: await join('Mia', 'mia@acme.example') });
    await join('Ben', 'ben@acme.example');
    const before = mailbox.mails.length;
    for (const email of ['eve@acme.example', 'mia@acme.example'])
      expect(await beginSignInByEmail(email, clock)).toEqual({ kind: 'mail' });
    await inOrg(org.orgId, (tx) =>
      tx.organisation.update({ where: { orgId: org.orgId }, data: { ssoEnforced: true } }),
    );
    await beginSignInByEmail('ben@acme.example', clock);
    await inOrg(org.orgId, (tx) =>
      tx.organisation.update({ where: { orgId: org.orgId }, data: { ssoEnforced: false } }),
    );
    const last = newMail();
    await beginSignInByEmail('ben@acme.example', clock);
    expect((await last).to).toBe('ben@acme.example');
    expect(mailbox.mails.length).toBe(before + 1);
  });
});

describe('limits', () => {
  it('are counted in the database, by hashed keys, each for itself', async () => {
    const limit = { ...LIMITS.mail, name: 'test', tries: 3 };
    const tries = async (who: string) => (await overLimit(limit, who)) !== null;
    expect([await tries('a'), await tries('a'), await tries('a'), await tries('a')]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(await tries('b')).toBe(false);
    const rows = await database.asOwner<{ key: string; points: number }>(
      `SELECT key, points FROM rate_limit WHERE key LIKE 'test:%' ORDER BY points`,
    );
    expect(rows.map(({ points }) => points)).toEqual([1, 4]);
    expect(rows.every(({ key }) => /^test:[\w-]{43}$/.test(key))).toBe(true);
  });
});
