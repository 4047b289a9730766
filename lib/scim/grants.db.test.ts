import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupKey } from '@/lib/domain/identity/group-grants';
import { getConnection } from '@/lib/sso/data/settings';
import { unmapGroup } from '@/lib/sso/mutations/groups';
import { aTestDatabase } from '@/lib/testing/database';
import { aProvisionedOrganisation, type Directory } from './testing';

const database = aTestDatabase();

const GROUP_NAMES = ['Alpha', 'Beta', 'gamma'];
const ROLES = [
  { role: 'lead', team: 'payments' },
  { role: 'member', team: 'payments' },
  { role: 'auditor', team: null },
  { role: 'owner', team: null },
] as const;

const user = fc.integer({ min: 0, max: 3 });
const group = fc.integer({ min: 0, max: 2 });
const some = fc.uniqueArray(user, { maxLength: 4 });
const name = fc.constantFrom(...GROUP_NAMES, 'ALPHA', 'Delta');

const operation = fc.oneof(
  fc.record({ kind: fc.constant('user' as const), user }),
  fc.record({ kind: fc.constant('gone' as const), user }),
  fc.record({ kind: fc.constant('switch' as const), user, active: fc.boolean() }),
  fc.record({ kind: fc.constant('group' as const), group, members: some }),
  fc.record({ kind: fc.constant('disband' as const), group }),
  fc.record({ kind: fc.constant('rename' as const), group, name }),
  fc.record({ kind: fc.constant('add' as const), group, members: some }),
  fc.record({ kind: fc.constant('remove' as const), group, members: some }),
  fc.record({ kind: fc.constant('replace' as const), group, members: some }),
  fc.record({ kind: fc.constant('map' as const), name, to: fc.constantFrom(...ROLES) }),
  fc.record({ kind: fc.constant('unmap' as const), name }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Does what the operation says, as far as there is something to do it to. */
async function run(okta: Directory, users: Map<number, string>, groups: Map<number, string>, op: Operation) {
  const at = (index: number) => groups.get(index);
  const values = (members: readonly number[]) =>
    members.flatMap((index) => users.get(index) ?? []).map((value) => ({ value }));
  switch (op.kind) {
    case 'user':
      if (!users.has(op.user)) users.set(op.user, await okta.user(`user ${op.user}`));
      return;
    case 'gone':
      if (users.has(op.user)) await okta.send('DELETE', `/Users/${users.get(op.user)}`);
      users.delete(op.user);
      return;
    case 'switch':
      if (users.has(op.user))
        await okta.patch(`/Users/${users.get(op.user)}`, [{ op: 'replace', value: { active: op.active } }]);
      return;
    case 'group': {
      if (at(op.group)) return;
      const { status, body } = await okta.send('POST', '/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: GROUP_NAMES[op.group],
        members: values(op.members),
      });
      if (status === 201) groups.set(op.group, body.id);
      return;
    }
    case 'disband':
      if (at(op.group)) await okta.send('DELETE', `/Groups/${at(op.group)}`);
      groups.delete(op.group);
      return;
    case 'rename':
      if (at(op.group))
        await okta.patch(`/Groups/${at(op.group)}`, [{ op: 'replace', path: 'displayName', value: op.name }]);
      return;
    case 'add':
    case 'remove':
    case 'replace':
      if (at(op.group))
        await okta.patch(`/Groups/${at(op.group)}`, [
          { op: op.kind, path: 'members', value: values(op.members) },
        ]);
      return;
    case 'map':
      await okta.map(op.name, op.to.role, op.to.team).catch(() => undefined);
      return;
    case 'unmap': {
      const { mappings = [] } = (await getConnection(okta.org.owner, okta.connection)) ?? {};
      const mapping = mappings.find(({ group }) => group === op.name);
      if (mapping) await unmapGroup(okta.org.owner, { mapping: mapping.id });
      return;
    }
    default:
      return op satisfies never;
  }
}

/** Who should have what, from the members and the mappings alone, as plain rows. */
async function expected({ org }: Directory): Promise<string[]> {
  const members = await database.asOwner<{ person: string; group: string }>(
    `SELECT u.person_id AS person, g.display_name AS group FROM directory_member m
     JOIN directory_user u ON u.id = m.user_id JOIN directory_group g ON g.id = m.group_id WHERE m.org_id = $1`,
    [org.orgId],
  );
  const mappings = await database.asOwner<{ id: string; group: string; team: string; role: string }>(
    'SELECT id, group_name AS group, team, role FROM group_mapping WHERE org_id = $1',
    [org.orgId],
  );
  const given = members.flatMap(({ person, group }) =>
    mappings
      .filter((mapping) => groupKey(mapping.group) === groupKey(group))
      .map(({ id, team, role }) => `${person} ${team} ${role} group:${id}`),
  );
  return [...new Set(given)].sort();
}

async function actual({ org }: Directory): Promise<string[]> {
  const rows = await database.asOwner<{ text: string }>(
    "SELECT concat_ws(' ', person_id, team, role, source) AS text FROM role_grant WHERE org_id = $1 AND source <> 'manual'",
    [org.orgId],
  );
  return rows.map(({ text }) => text).sort();
}

describe('whatever a directory does', () => {
  it('roles are those that the members and the mappings give, computed from nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { minLength: 5, maxLength: 25, size: 'max' }),
        async (operations) => {
          const okta = await aProvisionedOrganisation();
          const users = new Map<number, string>();
          const groups = new Map<number, string>();
          for (const index of [0, 1, 2]) await run(okta, users, groups, { kind: 'user', user: index });
          for (const index of [0, 1])
            await run(okta, users, groups, { kind: 'group', group: index, members: [0, 1] });
          for (const op of operations) {
            await run(okta, users, groups, op);
            expect(await actual(okta)).toEqual(await expected(okta));
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
