import { expect, it } from 'vitest';
import { soakFiles } from './soak-files.mjs';

it('takes the heavy simulations alone, whatever else a text matches', () => {
  const all = soakFiles('');
  expect(all.database).toContain('lib/sso/sign-in-limits.soak.db.test.ts');
  expect(all.servers).toContain('e2e/crash.spec.ts');
  expect(all.servers).not.toContain('e2e/smoke.spec.ts');
  expect(soakFiles('lib/sso')).toEqual({
    database: ['lib/sso/sign-in-limits.soak.db.test.ts'],
    servers: [],
  });
  expect(soakFiles('no-such-simulation')).toEqual({ database: [], servers: [] });
});
