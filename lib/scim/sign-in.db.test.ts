import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removePerson } from '@/lib/members/mutations/access';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { readSecret } from '@/lib/platform/secret';
import { findSession } from '@/lib/sessions/data';

import { changeConnection, removeConnection } from '@/lib/sso/mutations/connections';
import { aConnection, answerOf, beginAtProvider, connectionTo, switchedOn } from '@/lib/sso/testing';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOpenIdProvider, type OpenIdProvider } from '@/lib/testing/openid-provider';
import { anOrganisation } from '@/lib/testing/organisation';
import { findToken } from '@/lib/tokens/data';
import { createToken } from '@/lib/tokens/mutations';
import { createDirectoryToken } from './mutations/tokens';
import { aDirectory, type Directory } from './testing';

const database = aTestDatabase();
let provider: OpenIdProvider;

beforeAll(async () => {
  provider = await anOpenIdProvider({ anyRedirect: 'http://localhost:3000/api/auth/oidc/' });
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.issuer).host,
    GAIT_URL: 'http://localhost:3000',
  });
});
afterAll(() => provider.close());

const ana = {
  sub: 'ana-1',
  email: 'ana@acme.example',
  email_verified: true,
  name: 'Ana Silva',
  // Some other group than the directory says: the directory is believed.
  groups: ['auditors'],
};

/** A connection that lets only provisioned people in, with its directory. */
async function acme(): Promise<Directory> {
  const org = await anOrganisation({ clock: aClock(Date.now()) });
  await database.asOwner('TRUNCATE domain_route');
  await inOrg(org.orgId, (tx) =>
    tx.team.create({
      data: { orgId: org.orgId, slug: 'payments', name: 'Payments', createdAt: org.clock.now() },
    }),
  );
  const connection = await aConnection(org, provider);
  provider.signsIn(ana);
  // Tried by whoever may, before only those may who are provisioned: nobody is yet.
  await switchedOn(org, connection);
  const rules = connectionTo(provider, { joining: 'provisioned' });
  await changeConnection(org.owner, { connection, ...rules });
  const { secret } = await createDirectoryToken(org.owner, { connection });
  const directory = aDirectory(org, connection, secret);
  await directory.map('Payments Leads', 'lead', 'payments');
  await directory.map('auditors', 'auditor');
  return directory;
}

async function signIn({ org, connection }: Directory): Promise<string> {
  provider.signsIn(ana);
  const finished = await answerOf(org, connection, await beginAtProvider(org));
  if (finished.kind !== 'opened') throw new Error('A trial was begun.');
  return finished.session.secret;
}

const sessionOf = ({ org }: Directory, secret: string) => findSession(secret, org.clock.now());

describe('somebody whom the directory provisioned', () => {
  it.each([
    ['by the subject', { userName: 'ana', externalId: 'ana-1' }],
    ['by a verified address', { userName: 'Ana@acme.example', externalId: 'another key' }],
  ])(
    'signs in, known %s, with the roles of the directory; and is out the moment it says so',
    async (_, keys) => {
      const acmes = await acme();
      const { org } = acmes;
      await expect(signIn(acmes)).rejects.toMatchObject({ code: 'unauthenticated' });
      const { userName, externalId } = keys;
      const id = await acmes.user(userName, { externalId, displayName: 'Ana Silva' });
      const group = await acmes.group('Payments Leads', [id]);
      const secret = await signIn(acmes);
      const { id: personId } = await acmes.person(id);
      expect(await sessionOf(acmes, secret)).toMatchObject({
        via: 'oidc',
        person: { id: personId, name: 'Ana Silva', grants: [{ role: 'lead', team: 'payments' }] },
      });
      const token = await createToken(
        { ...org.owner, actor: { ...org.owner.actor, personId, grants: [{ role: 'lead', team: null }] } },
        { name: 'hers', scopes: ['read'], days: 90 },
      );
      const hash = readSecret('token', token.secret)?.hash ?? new Uint8Array();
      expect(await findToken(org.orgId, hash, org.clock.now())).not.toBeNull();

      await acmes.patch(`/Groups/${group}`, [{ op: 'remove', path: `members[value eq "${id}"]` }]);
      expect(await sessionOf(acmes, secret), 'without a role there is nothing to be in for').toBeNull();
      expect(await findToken(org.orgId, hash, org.clock.now())).toBeNull();
      await acmes.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: id }] }]);
      const secretAgain = await signIn(acmes);

      const started = performance.now();
      await acmes.patch(`/Users/${id}`, [{ op: 'Replace', path: 'active', value: 'False' }]);
      expect(await sessionOf(acmes, secretAgain)).toBeNull();
      expect(performance.now() - started).toBeLessThan(1_000);
      await expect(signIn(acmes)).rejects.toMatchObject({ code: 'unauthenticated' });

      await acmes.patch(`/Users/${id}`, [{ op: 'Replace', path: 'active', value: 'True' }]);
      expect((await sessionOf(acmes, await signIn(acmes)))?.person.id).toBe(personId);
    },
  );

  it('is let in again when provisioned anew, also under another key', async () => {
    const acmes = await acme();
    const first = await acmes.user(ana.email, { externalId: 'old' });
    await signIn(acmes);
    await acmes.send('DELETE', `/Users/${first}`);
    await expect(signIn(acmes)).rejects.toMatchObject({ code: 'unauthenticated' });
    const again = await acmes.user(ana.email, { externalId: 'new' });
    const session = await sessionOf(acmes, await signIn(acmes));
    expect(session?.person.id).toBe((await acmes.person(again)).id);
  });

  it('stays out once an admin has removed them, whatever the directory provisions', async () => {
    const acmes = await acme();
    const first = await acmes.user(ana.email, { externalId: 'ana-1' });
    await signIn(acmes);
    await removePerson(acmes.org.owner, { person: (await acmes.person(first)).id });
    await acmes.send('DELETE', `/Users/${first}`);
    await acmes.user(ana.email, { externalId: 'ana-1' });
    await expect(signIn(acmes)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('stays a person when the connection goes, without what its groups gave; and its directory is forgotten', async () => {
    const acmes = await acme();
    const id = await acmes.user('ana', { externalId: 'ana-1' });
    await acmes.group('Payments Leads', [id]);
    const { id: personId } = await acmes.person(id);
    await removeConnection(acmes.org.owner, { connection: acmes.connection });
    expect((await acmes.get('/Users')).status).toBe(401);
    const left = await database.asOwner(
      'SELECT FROM directory_user WHERE org_id = $1 UNION ALL SELECT FROM role_grant WHERE person_id = $2',
      [acmes.org.orgId, personId],
    );
    expect(left).toHaveLength(0);
  });
});
