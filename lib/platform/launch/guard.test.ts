import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { adoptEnv } from '@/lib/platform/env';
import { guard } from './guard';

function guarded(headers: Record<string, string> = {}, url = '/acme', method = 'GET') {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { url, method, headers: { ...headers } });
  const response = new ServerResponse(request);
  guard(request, response);
  return { seen: request.headers, answered: response.getHeaders() };
}

afterEach(() => adoptEnv({ GAIT_URL: 'http://localhost:3000', GAIT_PROXIES: '0', GAIT_TRUSTED_HOSTS: '' }));

describe('a request', () => {
  it('brings along nothing that only Gait, the framework or a proxy of one’s own may say', () => {
    const { seen } = guarded({
      'x-middleware-subrequest': 'middleware:middleware',
      'x-middleware-rewrite': '/other',
      'x-gait-client': '203.0.113.1',
      'x-gait-page': '/mine',
      'x-nonce': 'mine',
      'content-security-policy': "script-src 'nonce-mine'",
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '203.0.113.1',
      accept: 'text/html',
    });
    const { 'x-nonce': nonce, 'content-security-policy': policy, ...rest } = seen;
    expect(rest).toEqual({ accept: 'text/html', 'x-gait-client': 'unknown', 'x-gait-page': '/acme' });
    expect(nonce).not.toBe('mine');
    expect(policy).toContain(`'nonce-${nonce}'`);
  });

  it('tells the page its own address, as somebody would open it', () => {
    const pageOf = (url: string, headers = {}, method = 'GET') =>
      guarded(headers, url, method).seen['x-gait-page'];
    expect(pageOf('/acme/tasks?team=a%20b&_rsc=1x2y&zone=UTC')).toBe('/acme/tasks?team=a%20b&zone=UTC');
    expect(pageOf('/acme?_rsc=1x2y', { rsc: '1' })).toBe('/acme');
    expect(
      pageOf('/acme?_rsc=1x2y', { rsc: '1', 'next-router-prefetch': '1' }),
      'nobody has asked for it',
    ).toBe(undefined);
    expect(pageOf('/acme', {}, 'POST'), 'a form').toBe(undefined);
  });

  it('is believed where it comes through a proxy of one’s own', () => {
    adoptEnv({ GAIT_PROXIES: '1' });
    const { seen } = guarded({
      'x-forwarded-for': '1.1.1.1, 203.0.113.1',
      'x-forwarded-host': 'gait.example',
    });
    expect(seen).toMatchObject({ 'x-gait-client': '203.0.113.1', 'x-forwarded-host': 'gait.example' });
  });
});

describe('an answer', () => {
  it('carries a policy with a nonce of its own, and no way for scripts from elsewhere', () => {
    const [one, two] = [guarded().answered, guarded().answered].map((answered) =>
      String(answered['content-security-policy']),
    );
    expect(one).not.toBe(two);
    expect(one?.replace(/nonce-[^']+/g, 'nonce-N')).toBe(
      "default-src 'self'; script-src 'self' 'nonce-N' 'strict-dynamic'; style-src 'self' 'nonce-N'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
  });

  it('lets forms lead to a provider only where a sign-in begins', () => {
    const formAction = (url: string) =>
      /form-action ([^;]+)/.exec(String(guarded({}, url).answered['content-security-policy']))?.[1];
    expect(formAction('/login?problem=ended')).toBe("'self' https:");
    expect(formAction('/acme/settings/sign-in/1')).toBe("'self' https:");
    for (const url of ['/acme', '/loginx', '/acme/tasks?x=/login', '/acme/settings/tokens'])
      expect(formAction(url), url).toBe("'self'");
  });

  it('asks for https for a year where Gait is reached by it', () => {
    expect(guarded().answered['strict-transport-security']).toBeUndefined();
    adoptEnv({ GAIT_URL: 'https://gait.example' });
    const { answered } = guarded();
    expect(answered['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(answered['content-security-policy']).toContain('upgrade-insecure-requests');
  });
});
