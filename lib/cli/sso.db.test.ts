import { Command } from 'commander';
import { afterEach, expect, it, vi } from 'vitest';
import { installOrg } from '@/lib/organisations/mutations';
import { inOrg } from '@/lib/platform/db';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { register } from './sso';

const database = aTestDatabase();
afterEach(() => vi.restoreAllMocks());

it('ends the enforcement of single sign-on, whoever may break the glass, in the name of the command', async () => {
  const { orgId, clock } = await anOrganisation();
  await installOrg(orgId, clock);
  await inOrg(orgId, (tx) => tx.person.updateMany({ where: { orgId }, data: { breakGlass: false } }));
  await inOrg(orgId, (tx) => tx.organisation.update({ where: { orgId }, data: { ssoEnforced: true } }));
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const program = new Command('gait').exitOverride();
  register(program);
  for (const wasEnforced of [true, false]) {
    await program.parseAsync(['sso', 'allow-others', '--json'], { from: 'user' });
    expect(said).toHaveBeenLastCalledWith(`${JSON.stringify({ wasEnforced })}\n`);
  }
  expect(await database.asOwner('SELECT sso_enforced FROM organisation')).toEqual([{ sso_enforced: false }]);
  expect(
    await database.asOwner("SELECT actor->>'name' AS by FROM audit WHERE act = 'sso.no_longer_enforced'"),
  ).toEqual([{ by: 'gait command' }]);
});
