import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invitePerson } from '@/lib/members/mutations/invitations';
import { joinByInvitation } from '@/lib/members/mutations/join';
import { installOrg } from '@/lib/organisations/mutations';
import { withPresentedToken } from '@/lib/platform/bearer';
import { CLIENT_HEADER, clientAddress } from '@/lib/platform/client-address';
import { systemClock } from '@/lib/platform/clock';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { LIMITS } from '@/lib/platform/rate-limit';
import { createSecret } from '@/lib/platform/secret';
import { signInByLink } from '@/lib/sessions/by-link';
import { createSignInLink } from '@/lib/sessions/mutations';
import { aTestDatabase } from '@/lib/testing/database';
import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { anOpenIdProvider, type OpenIdProvider } from '@/lib/testing/openid-provider';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { reportFigure, sized } from '@/lib/testing/soak';
import { requireToken } from '@/lib/tokens/live';
import { beginSignInFrom } from './mutations/begin';
import { finishSignIn } from './mutations/sign-in';
import { aConnection, browse, switchedOn } from './testing';

const database = aTestDatabase();

/** How many of the office come by each way; in all, three times as many. */
const PEOPLE = sized({ small: 100, full: 300 });
const TRIES = sized({ small: 100, full: 1_000 });

let mailbox: Mailbox;
let provider: OpenIdProvider;
let org: TestOrganisation;
/** Whoever is over a limit is remembered in this process, so each test has its own networks. */
let round = 0;
/** The address that a whole office sits behind. */
let OFFICE: string;

beforeAll(async () => {
  mailbox = await aMailbox();
  provider = await anOpenIdProvider({ anyRedirect: 'http://localhost:3000/api/auth/oidc/' });
  adoptEnv({
    SMTP_URL: mailbox.url,
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.issuer).host,
    GAIT_URL: 'http://localhost:3000',
  });
});
afterAll(async () => {
  await mailbox.close();
  await provider.close();
});
beforeEach(async () => {
  mailbox.forget();
  round += 1;
  OFFICE = `203.0.113.${round}`;
  await database.asOwner('TRUNCATE domain_route, rate_limit, installation');
  // The provider has the machine's time, and at full size minutes go by.
  org = await anOrganisation({ clock: systemClock });
  await installOrg(org.orgId, org.clock);
});

const comer = (client: string) => ({ client, userAgent: null });
const ownersLink = () => createSignInLink(org.orgId, org.owner.actor.personId, 'owner link', org.clock);
const people = Array.from({ length: PEOPLE }, (_, n) => ({ id: newId(), email: `person-${n}@mail.example` }));

async function peopleOfTheOffice(): Promise<void> {
  const { orgId } = org;
  const createdAt = org.clock.now();
  await inOrg(orgId, async (tx) => {
    await tx.person.createMany({
      data: people.map(({ id, email }) => ({ orgId, id, name: email, email, handles: [], createdAt })),
    });
    await tx.roleGrant.createMany({
      data: people.map(({ id }) => ({
        orgId,
        personId: id,
        team: '',
        role: 'member',
        source: 'manual',
        grantedAt: createdAt,
      })),
    });
    await tx.identity.createMany({
      data: people.map(({ id, email }) => ({
        orgId,
        connection: 'email',
        issuer: 'gait',
        subject: email,
        personId: id,
        createdAt,
      })),
    });
  });
}

/** What each try was answered, and how often. */
async function answersTo(
  tries: (n: number) => Promise<unknown>,
  count = TRIES,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let n = 0; n < count; n += 1) {
    const answer = await tries(n).then(
      () => 'let in',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}

describe('Monday at nine: an office behind one address', () => {
  it(
    'signs in by links, mails and a provider, and nobody is told to wait',
    async () => {
      await peopleOfTheOffice();
      const links = await answersTo(
        async () => signInByLink(await ownersLink(), comer(OFFICE), org.clock),
        PEOPLE,
      );
      expect(links).toEqual({ 'let in': PEOPLE });
      const mails = await answersTo(
        (n) => beginSignInFrom(OFFICE, people[n]?.email ?? '', org.clock),
        PEOPLE,
      );
      expect(mails).toEqual({ 'let in': PEOPLE });
      await mailbox.until(PEOPLE);
      const mailed = await answersTo((n) => {
        const [, link = ''] = /sign-in\?link=(\S+)/.exec(mailbox.mails[n]?.text ?? '') ?? [];
        return signInByLink(link, comer(OFFICE), org.clock);
      }, PEOPLE);
      expect(mailed).toEqual({ 'let in': PEOPLE });
      provider.signsIn({ sub: 'ana-1', email: 'ana@acme.example', email_verified: true, name: 'Ana' });
      const connection = await aConnection(org, provider);
      await switchedOn(org, connection);
      const browsers: { url: string; browser: string }[] = [];
      const begun = await answersTo(async (n) => {
        const answer = await beginSignInFrom(OFFICE, `person-${n}@acme.example`, org.clock);
        if (answer.kind === 'provider') browsers.push(answer.begun);
      }, PEOPLE);
      expect([begun, browsers.length]).toEqual([{ 'let in': PEOPLE }, PEOPLE]);
      reportFigure({
        simulation: 'Monday sign-ins',
        figure: 'people told to wait',
        value:
          4 * PEOPLE - [links, mails, mailed, begun].reduce((sum, some) => sum + (some['let in'] ?? 0), 0),
        target: { most: 0 },
        size: `${3 * PEOPLE} sign-ins from one address`,
      });
      const [first] = browsers;
      const url = await browse(first?.url ?? '', 'http://localhost:3000/api/auth/oidc/');
      const done = {
        connectionId: connection,
        url,
        browser: first?.browser ?? null,
        userAgent: null,
        requestId: 'r',
      };
      expect(await finishSignIn(done, org.clock)).toMatchObject({ kind: 'opened' });
    },
    sized({ small: 60_000, full: 600_000 }),
  );

  it('has a guesser among it, and everybody else still comes in', async () => {
    const guess = () => signInByLink(createSecret('link', org.orgId).secret, comer(OFFICE), org.clock);
    expect(await answersTo(guess)).toMatchObject({ limited: TRIES - LIMITS.signInFailure.tries });
    await signInByLink(await ownersLink(), comer(OFFICE), org.clock);
    const { secret } = await invitePerson(org.owner, {
      name: 'Ana',
      email: null,
      role: { role: 'member', team: null },
    });
    await joinByInvitation(secret, comer(OFFICE), org.clock);
    expect(await beginSignInFrom(OFFICE, 'ana@mail.example', org.clock)).toEqual({ kind: 'mail' });
  });

  it('is bounded, too: beyond what an office begins, it is told to wait', async () => {
    await beginSignInFrom(OFFICE, 'ana@mail.example', org.clock);
    await database.asOwner(
      `UPDATE rate_limit SET points = ${LIMITS.signInStart.tries} WHERE key LIKE 'sign-in-start:%'`,
    );
    await expect(beginSignInFrom(OFFICE, 'ana@mail.example', org.clock)).rejects.toMatchObject({
      code: 'limited',
    });
    expect(await beginSignInFrom('198.51.100.1', 'ana@mail.example', org.clock)).toEqual({ kind: 'mail' });
  });
});

/** Each a fresh address of one /64, with a fresh port, as a proxy writes it. */
const oneNetwork = (n: number) =>
  clientAddress(
    `[2001:db8:1:${round}:${((n * 7_919) & 0xffff).toString(16)}::${n.toString(16)}]:${1024 + n}`,
    '10.0.0.1',
    1,
  );
const onePort = (n: number) => clientAddress(`198.51.100.${round}:${1024 + n}`, '10.0.0.1', 1);
/** Each another network. */
const everywhere = (n: number) => clientAddress(undefined, `10.${n >> 8}.${n & 0xff}.${round}`, 0);

const ways: Record<string, (client: string, orgId: string) => Promise<unknown>> = {
  links: (client, orgId) => signInByLink(createSecret('link', orgId).secret, comer(client), org.clock),
  invitations: (client, orgId) =>
    joinByInvitation(createSecret('invitation', orgId).secret, comer(client), org.clock),
  tokens: (client, orgId) => requireToken(bearing(createSecret('token', orgId).secret, client), org.clock),
};

const bearing = (secret: string, client: string) => ({
  header: (name: string) =>
    ({ authorization: `Bearer ${secret}`, [CLIENT_HEADER]: client })[name.toLowerCase()] ?? null,
});

describe.each(Object.keys(ways))('guesses of %s', (kind) => {
  const guess = (client: string, orgId: string = org.orgId) =>
    ways[kind]?.(client, orgId) ?? Promise.resolve();
  const network = kind === 'tokens' ? LIMITS.unknownToken : LIMITS.signInFailure;
  const target = kind === 'tokens' ? LIMITS.unknownTokenTarget : LIMITS.signInTarget;

  it.each([
    ['from one /64 of IPv6', oneNetwork],
    ['from one address with many ports', onePort],
  ])('%s are bounded', async (_, client) => {
    expect(await answersTo((n) => guess(client(n)))).toEqual({
      unauthenticated: network.tries,
      limited: TRIES - network.tries,
    });
  });

  it('from many networks at one organisation are bounded; who has the right one comes in, and other organisations notice nothing', async () => {
    await guess(everywhere(0)).catch(() => {});
    await database.asOwner(
      `UPDATE rate_limit SET points = ${target.tries - 10} WHERE key LIKE '${target.name}:%'`,
    );
    expect(await answersTo((n) => guess(everywhere(n + 1)), 30)).toEqual({
      unauthenticated: 10,
      limited: 20,
    });
    await signInByLink(await ownersLink(), comer(everywhere(1)), org.clock);
    const { secret } = await org.newToken();
    await withPresentedToken(bearing(secret, everywhere(1)), async ({ orgId }) =>
      expect(orgId).toBe(org.orgId),
    );
    await requireToken(bearing(secret, everywhere(2)), org.clock);
    const other = await anOrganisation({ name: 'Other', clock: org.clock });
    await expect(guess(everywhere(1_000), other.orgId)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('from one network do not use up what an organisation is allowed from others', async () => {
    await answersTo((n) => guess(oneNetwork(n)));
    const [row] = await database.asOwner<{ points: number }>(
      `SELECT points FROM rate_limit WHERE key LIKE '${target.name}:%'`,
    );
    expect(row?.points).toBe(network.tries);
  });
});

it('mails that somebody asks for in another’s name are few, and never leave that one without a link that works', async () => {
  await peopleOfTheOffice();
  const { email = '' } = people[0] ?? {};
  const { tries, seconds } = LIMITS.mail;
  expect(
    seconds,
    'while no mail is sent, the first of them is not older than a link lives',
  ).toBeLessThanOrEqual(600);
  for (let n = 0; n < 3 * tries; n += 1) await beginSignInFrom(everywhere(n), email, org.clock);
  await mailbox.until(tries);
  await beginSignInFrom(OFFICE, people[1]?.email ?? '', org.clock);
  await mailbox.until(tries + 1);
  expect(mailbox.mails.filter(({ to }) => to === email)).toHaveLength(tries);
  const [, link = ''] = /sign-in\?link=(\S+)/.exec(mailbox.mails[0]?.text ?? '') ?? [];
  await signInByLink(link, comer(OFFICE), org.clock);
});
