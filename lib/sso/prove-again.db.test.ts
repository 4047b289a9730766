import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptInvitation, invitePerson } from '@/lib/members/mutations/invitations';
import type { Ctx } from '@/lib/platform/ctx';
import { adoptEnv } from '@/lib/platform/env';
import { actorOf } from '@/lib/sessions/actor';
import { findSession } from '@/lib/sessions/data';
import { requireFresh } from '@/lib/sessions/fresh';
import { signIn } from '@/lib/sessions/mutations';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOpenIdProvider, type OpenIdProvider } from '@/lib/testing/openid-provider';
import { anOrganisation } from '@/lib/testing/organisation';
import { proveAgain } from './mutations/prove-again';
import { returnToSchema } from './schema';
import { aConnection, answerOf, beginAtProvider, switchedOn } from './testing';

const database = aTestDatabase();
let provider: OpenIdProvider;
let mailbox: Mailbox;

beforeAll(async () => {
  provider = await anOpenIdProvider({ anyRedirect: 'http://localhost:3000/api/auth/oidc/' });
  mailbox = await aMailbox();
});
afterAll(() => Promise.all([provider.close(), mailbox.close()]));

const adopt = (more: Record<string, string> = {}) =>
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.issuer).host,
    GAIT_URL: 'http://localhost:3000',
    ...more,
  });

const ana = { sub: 'ana-1', email: 'ana@acme.example', email_verified: true, name: 'Ana Silva' };

async function acme() {
  const clock = aClock(Date.now());
  const org = await anOrganisation({ clock });
  await database.asOwner('TRUNCATE domain_route');
  return { org, clock };
}

/** Somebody in a session, as a deed of theirs sees them. */
async function contextOf(secret: string, clock: HandClock): Promise<Ctx> {
  const session = await findSession(secret, clock.now());
  if (!session) throw new Error('The session lives.');
  return { orgId: session.orgId, actor: actorOf(session), clock, requestId: 'r' };
}

const isFresh = (ctx: Ctx) => {
  try {
    requireFresh(ctx);
    return true;
  } catch {
    return false;
  }
};

describe('who proves anew who they are', () => {
  it('does so at the provider they came from, and comes back to the page they were on', async () => {
    adopt();
    const { org, clock } = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const first = await answerOf(org, connection, await beginAtProvider(org));
    if (first.kind !== 'opened') throw new Error('No trial was begun.');
    const ctx = await contextOf(first.session.secret, clock);
    const later = { ...ctx, clock: aClock(clock.now().getTime() + 16 * 60_000) };
    expect([isFresh(ctx), isFresh(later)]).toEqual([true, false]);
    const begun = await proveAgain(ctx, '/acme/settings');
    if (begun.kind !== 'provider') throw new Error('The provider is asked.');
    expect(new URL(begun.begun.url).searchParams.get('prompt')).toBe('login');
    const again = await answerOf(org, connection, begun.begun);
    expect(again).toMatchObject({ kind: 'opened', returnTo: '/acme/settings' });
  });

  it('must be the same person', async () => {
    adopt();
    const { org, clock } = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const first = await answerOf(org, connection, await beginAtProvider(org));
    if (first.kind !== 'opened') throw new Error('No trial was begun.');
    const begun = await proveAgain(await contextOf(first.session.secret, clock), null);
    if (begun.kind !== 'provider') throw new Error('The provider is asked.');
    provider.signsIn({ ...ana, sub: 'ben-1', email: 'ben@acme.example', name: 'Ben' });
    await expect(answerOf(org, connection, begun.begun)).rejects.toThrow(/somebody else signed in/);
  });

  it('gets a link by mail where they came by one', async () => {
    adopt({ SMTP_URL: mailbox.url });
    const { org, clock } = await acme();
    const role = { role: 'member', team: null } as const;
    await invitePerson(org.owner, { name: 'Ina', email: 'ina@acme.example', role });
    await mailbox.until(1);
    const linkIn = (n: number) => /(?:link|invitation)=(\S+)/.exec(mailbox.mails[n]?.text ?? '')?.[1] ?? '';
    const { secret } = await acceptInvitation(linkIn(0), null, clock);
    const ctx = await contextOf(secret, clock);
    expect(await proveAgain(ctx, null)).toEqual({ kind: 'mail' });
    await mailbox.until(2);
    const opened = await signIn(linkIn(1), null, clock);
    expect(await contextOf(opened.secret, clock)).toMatchObject({
      actor: { name: 'Ina', via: 'e-mail link' },
    });
  });

  it('is told where a link comes from, if Gait cannot send one', async () => {
    adopt({ SMTP_URL: '' });
    const { org } = await acme();
    await expect(proveAgain(org.owner, null)).rejects.toMatchObject({ code: 'conflict' });
  });
});

it('what a form says to come back to leads nowhere but to Gait', () => {
  const led = (back: unknown) => returnToSchema.parse(back);
  expect(led('/acme/settings/tokens?x=1')).toBe('/acme/settings/tokens?x=1');
  for (const bad of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '',
    null,
    '/a\nb',
    'javascript:1',
  ])
    expect(led(bad), String(bad)).toBeNull();
});
