import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

function soakFiles(text: string): unknown {
  const script = `
    import { soakFiles } from '${fileURLToPath(new URL('soak-files.mjs', import.meta.url))}';
    process.stdout.write(JSON.stringify(soakFiles(${JSON.stringify(text)})));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

it('takes the heavy simulations alone, whatever else a text matches', () => {
  const all = soakFiles('');
  expect(all).toMatchObject({
    database: expect.arrayContaining(['lib/sso/sign-in-limits.soak.db.test.ts']),
    servers: expect.arrayContaining(['e2e/crash.spec.ts']),
  });
  expect(JSON.stringify(all)).not.toContain('e2e/smoke.spec.ts');
  expect(soakFiles('lib/sso')).toEqual({
    database: ['lib/sso/sign-in-limits.soak.db.test.ts'],
    servers: [],
  });
  expect(soakFiles('no-such-simulation')).toEqual({ database: [], servers: [] });
});
