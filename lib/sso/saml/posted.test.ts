import { describe, expect, it } from 'vitest';
import { readSamlRef, samlRefOf } from './addresses';
import { readPosted } from './posted';

const FORM = 'application/x-www-form-urlencoded';
const post = (body: string, type = FORM) =>
  readPosted(
    new Request('http://gait.test/acs', { method: 'POST', body, headers: { 'content-type': type } }),
  );

describe('a form that a provider lets the browser post', () => {
  it('holds one response, and perhaps a relay state', async () => {
    expect(await post('SAMLResponse=PHg%2B&RelayState=s', `${FORM}; charset=utf-8`)).toEqual({
      response: 'PHg+',
      relayState: 's',
    });
    expect(await post('SAMLResponse=PHg%2B')).toMatchObject({ relayState: '' });
  });

  it.each([
    ['no form', 'SAMLResponse=x', 'text/plain'],
    ['exactly one', 'RelayState=s', FORM],
    ['exactly one', 'SAMLResponse=a&SAMLResponse=b', FORM],
    ['exactly one', 'SAMLResponse=a&RelayState=s&RelayState=t', FORM],
    ['too many fields', `SAMLResponse=a${'&a=b'.repeat(20)}`, FORM],
    ['too large', `SAMLResponse=${'A'.repeat(600 * 1024)}`, FORM],
  ])('is refused where it is wrong: %s', async (because, body, type) => {
    await expect(post(body, type)).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining(because),
    });
  });
});

it('the address of a connection is read in the one way that it is written', () => {
  const [orgId, connectionId] = [
    '0199f0c0-0000-7000-8000-000000000001',
    '0199f0c0-0000-7000-8000-000000000002',
  ];
  const ref = samlRefOf(orgId, connectionId);
  expect(readSamlRef(ref)).toEqual({ orgId, connectionId });
  for (const other of [`${ref}=`, ref.slice(1), `${ref}A`, ref.replace(/.$/, 'J'), '', '../x'])
    expect(readSamlRef(other)).toBeNull();
});
