import { expect, it } from 'vitest';
import { createTokenSchema } from '@/lib/tokens/schema';
import { checked } from './checked';

const flags = { scopes: '--scopes', days: '--days' };

it.each([
  [{ name: 'ci', scopes: ['read', 'fly'], days: '90' }, '--scopes: This scope is not known.'],
  [{ name: 'ci', scopes: ['read'], days: 'soon' }, '--days: Give a whole number of days.'],
  [{ name: ' ', scopes: ['read'], days: '90' }, 'name: Say what the token is for.'],
])('%j is refused by the name that was typed', (input, message) => {
  expect(() => checked(createTokenSchema, input, flags)).toThrow(
    expect.objectContaining({ code: 'bad_request', message }),
  );
});
