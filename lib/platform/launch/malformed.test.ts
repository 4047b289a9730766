import { expect, it } from 'vitest';
import { malformed } from './malformed';

const incoming = { header: () => null, body: null };

it.each([
  ['GET', '/api/v1/%ZZ', 'The address is not well-formed'],
  ['GET', '/api/v1/tasks/%E0%A4%A', 'The address is not well-formed'],
  ['GET', '/northwind/tasks/%E0%A4%A', 'The address is not well-formed'],
  ['GET', `/login?${'a&'.repeat(500)}`, 'An address has at most 500 parameters.'],
  ['PROPFIND', '/api/v1/events', 'The method PROPFIND is not answered here.'],
  ['TRACE', '/northwind/tasks', 'The method TRACE is not answered here.'],
])('%s %s is refused in our own form', async (method, url, message) => {
  await expect(malformed(method, url)?.(incoming, 'id')).rejects.toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining(message),
  });
});

it.each([
  ['GET', '/api/v1/tasks?q=100%'],
  ['POST', '/api/v1/events'],
  ['GET', '/northwind/tasks/a%20b'],
])('%s %s is left to others', (method, url) => {
  expect(malformed(method, url)).toBeNull();
});

it('refuses a state of the router that is none, where the framework would say 500', () => {
  expect(malformed('GET', '/acme', { 'next-router-state-tree': '1e999' })).not.toBeNull();
  const state = encodeURIComponent(JSON.stringify(['', { children: ['__PAGE__', {}] }]));
  expect(malformed('GET', '/acme', { 'next-router-state-tree': state })).toBeNull();
});
