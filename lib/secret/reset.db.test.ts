import { expect, it } from 'vitest';
import { signCheckpoint } from '@/lib/audit/checkpoint';
import { verifyStored } from '@/lib/audit/verify-stored';
import { sealedForChannel } from '@/lib/outbox/channel-secrets';
import { isSecretOf, overwriteFingerprint, readFingerprint } from '@/lib/platform/auth-secret';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { resetSecret } from './mutations';

aTestDatabase();

const [LOST, PRESENT] = ['l'.repeat(40), 'p'.repeat(40)];

it('gives the database over to another secret, signs with a new key, and names what must be entered anew', async () => {
  adoptEnv({ AUTH_SECRET: LOST });
  const clock = aClock();
  const { orgId } = await anOrganisation({ clock });
  await overwriteFingerprint(LOST, clock);
  await signCheckpoint(orgId, clock, 0);
  const id = newId();
  await inOrg(orgId, (tx) =>
    tx.channel.create({
      data: {
        orgId,
        id,
        team: '',
        kind: 'slack',
        name: 'engineering',
        host: 'hooks.slack.com',
        urlSealed: seal('https://hooks.slack.com/x', sealedForChannel({ orgId, id })),
        gets: [],
        isOn: true,
        createdAt: clock.now(),
        createdBy: 'Olga',
      },
    }),
  );
  await expect(resetSecret(LOST, clock)).rejects.toMatchObject({ code: 'conflict' });

  adoptEnv({ AUTH_SECRET: PRESENT });
  clock.moveOn({ minutes: 1 });
  expect(await resetSecret(PRESENT, clock)).toEqual({
    newKeys: 1,
    connections: [],
    channels: ['engineering'],
  });
  const stored = await readFingerprint();
  expect(stored && [isSecretOf(PRESENT, stored), isSecretOf(LOST, stored)]).toEqual([true, false]);
  await signCheckpoint(orgId, clock, 0);
  expect(await verifyStored(orgId)).toMatchObject({ ok: true, checkpoints: 2 });
});
