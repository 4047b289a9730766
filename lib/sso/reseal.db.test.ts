import { afterEach, expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { findConnection, sealedFor } from './data/connections';
import { tendSignIn } from './mutations/tend';

aTestDatabase();

const [first, second] = [
  'a first secret of more than 32 characters',
  'a second one of more than 32 characters',
];

afterEach(() => adoptEnv({ AUTH_SECRET: first, AUTH_SECRET_PREVIOUS: '' }));

async function aConnection() {
  adoptEnv({ AUTH_SECRET: first, AUTH_SECRET_PREVIOUS: '' });
  const clock = aClock();
  const { orgId } = await anOrganisation({ clock });
  const id = newId();
  await inOrg(orgId, (tx) =>
    tx.connection.create({
      data: {
        orgId,
        id,
        kind: 'oidc',
        name: 'Okta',
        status: 'on',
        settings: {},
        secretSealed: seal('client secret', sealedFor(orgId, id)),
        createdAt: clock.now(),
      },
    }),
  );
  const secret = () =>
    inOrg(orgId, async (tx) => {
      const connection = await findConnection(tx, orgId, id);
      return connection?.kind === 'oidc' ? connection.secret : null;
    });
  return { clock, secret };
}

it('once AUTH_SECRET was replaced, and the previous one named for a while, secrets of connections open without it', async () => {
  const { clock, secret } = await aConnection();
  adoptEnv({ AUTH_SECRET: second, AUTH_SECRET_PREVIOUS: first });
  await tendSignIn(clock);
  adoptEnv({ AUTH_SECRET_PREVIOUS: '' });
  expect(await secret()).toBe('client secret');
});

it('one that opens under neither is left as it is, and holds nothing up', async () => {
  const { clock, secret } = await aConnection();
  adoptEnv({ AUTH_SECRET: second, AUTH_SECRET_PREVIOUS: '' });
  await tendSignIn(clock);
  await expect(secret()).rejects.toThrow('does not open');
  adoptEnv({ AUTH_SECRET: first });
  expect(await secret()).toBe('client secret');
});
