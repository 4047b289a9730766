import type { APIResponse } from '@playwright/test';
import { expect, test } from '../fixtures/gait';

test.use({ world: 'sample' });

async function expectProblem(answer: APIResponse, status: number, code: string): Promise<void> {
  expect(answer.status()).toBe(status);
  expect(answer.headers()['content-type']).toContain('application/problem+json');
  const body = await answer.json();
  expect(body).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) });
  expect(body.requestId).toBe(answer.headers()['x-request-id']);
}

test('what the API does not answer, it says as a problem', async ({ page, server }) => {
  const ask = (method: string, path: string) => page.request.fetch(`${server.url}${path}`, { method });
  for (const path of ['/api', '/api/nope', '/api/v1/nope', '/api/v1/lanes/payments', '/api/v1/events/1'])
    for (const method of ['GET', 'POST', 'DELETE'])
      await expectProblem(await ask(method, path), 404, 'not_found');
  for (const [path, allowed, refused] of [
    ['/api/v1/events', 'POST, OPTIONS', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['/api/v1/tasks', 'GET, HEAD, OPTIONS', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/api/health/live', 'GET, HEAD, OPTIONS', ['POST', 'DELETE']],
  ] as const) {
    for (const method of refused) {
      const answer = await ask(method, path);
      await expectProblem(answer, 405, 'method_not_allowed');
      expect(answer.headers().allow, `${method} ${path}`).toBe(allowed);
    }
    const options = await ask('OPTIONS', path);
    expect([options.status(), options.headers().allow], path).toEqual([204, allowed]);
  }
  await expectProblem(await ask('GET', '/api/v1/%ZZ'), 400, 'bad_request');
  await expectProblem(await ask('PROPFIND', '/api/v1/events'), 400, 'bad_request');
  const head = await ask('HEAD', '/api/v1/events');
  expect([head.status(), head.headers().allow]).toEqual([405, 'POST, OPTIONS']);
  expect((await ask('HEAD', '/api/health/live')).status()).toBe(200);
});
