import { describe, expect, it } from 'vitest';
import { methods, route } from './http';

const doors = methods({ GET: route(async () => Response.json({ ok: true })) });
const ask = (method: keyof typeof doors) =>
  doors[method](new Request('http://gait/api/v1/lanes', { method }), { params: Promise.resolve({}) });

describe('an address that is read only', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'refuses %s as a problem, and says what is allowed',
    async (method) => {
      const answer = await ask(method);
      expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toEqual({
        type: 'https://gait.dev/problems/method_not_allowed',
        title: 'Method not allowed',
        status: 405,
        code: 'method_not_allowed',
        detail: `${method} is not answered here. Allowed: GET, HEAD, OPTIONS.`,
        requestId: answer.headers.get('x-request-id'),
      });
    },
  );

  it('answers GET and HEAD alike, and OPTIONS with what is allowed', async () => {
    expect((await ask('GET')).status).toBe(200);
    expect((await ask('HEAD')).status).toBe(200);
    const options = await ask('OPTIONS');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });
});
