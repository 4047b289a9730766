import { expect, it } from 'vitest';
import { POST } from '@/app/api/v1/events/route';
import { GET } from '@/app/api/v1/lanes/route';
import { CLIENT_HEADER } from '@/lib/platform/client-address';
import { LIMITS } from '@/lib/platform/rate-limit';
import { createSecret } from '@/lib/platform/secret';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';

aTestDatabase();

it('who tries too many tokens that do not work is told to wait; one that works is never held up', async () => {
  const org = await anOrganisation({ clock: aClock(Date.now()) });
  const { secret } = await org.newToken({ scopes: ['read', 'events:write'] });
  const guess = () => createSecret('token', org.orgId).secret;
  const ask = async (token: string, client = '203.0.113.7', method = 'GET') => {
    const headers = {
      authorization: `Bearer ${token}`,
      [CLIENT_HEADER]: client,
      'content-type': 'application/cloudevents-batch+json',
    };
    const request = new Request('http://gait/api/v1/lanes', {
      method,
      headers,
      ...(method === 'POST' && { body: '[]' }),
    });
    return (method === 'POST' ? POST : GET)(request, { params: Promise.resolve({}) });
  };
  const { tries } = LIMITS.unknownToken;
  for (let n = 0; n < tries; n += 1) expect((await ask(guess())).status).toBe(401);
  const refused = await ask(guess());
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect((await ask(guess(), undefined, 'POST')).status, 'the events share the limit').toBe(429);
  expect((await ask(secret)).status).toBe(200);
  expect((await ask(guess(), '198.51.100.1')).status, 'somebody elsewhere').toBe(401);
});
