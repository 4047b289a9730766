import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ABILITIES,
  type Ability,
  describeGrants,
  type Grant,
  may,
  mayAnywhere,
  ROLES,
  TEAM_ROLES,
  whoMay,
} from './ability';

const abilities = fc.constantFrom(...(Object.keys(ABILITIES) as Ability[]));
const teams = fc.constantFrom('payments', 'search', 'web');
const grants = fc.array(
  fc.oneof(
    fc.record({ role: fc.constantFrom(...ROLES), team: fc.constant(null) }),
    fc.record({ role: fc.constantFrom(...TEAM_ROLES), team: teams }),
  ),
);

describe('the laws of abilities', () => {
  it('without a role one may nothing, and an owner may everything in every team', () => {
    fc.assert(
      fc.property(abilities, fc.option(teams), (ability, team) => {
        expect(may([], ability, team)).toBe(false);
        expect(may([{ role: 'owner', team: null }], ability, team)).toBe(true);
      }),
    );
  });

  it('another role never takes away what one may', () => {
    fc.assert(
      fc.property(grants, grants, abilities, fc.option(teams), (some, more, ability, team) => {
        if (may(some, ability, team)) expect(may([...some, ...more], ability, team)).toBe(true);
      }),
    );
  });

  it('a role in one team gives nothing in another, nor in the organisation as a whole', () => {
    fc.assert(
      fc.property(grants, abilities, fc.option(teams), (some, ability, team) => {
        const others: Grant[] = some.filter((grant) => grant.team !== null && grant.team !== team);
        expect(may(others, ability, team)).toBe(false);
      }),
    );
  });

  it('who may somewhere may so in a team of theirs, or everywhere', () => {
    fc.assert(
      fc.property(grants, abilities, (some, ability) => {
        const somewhere = [null, 'payments', 'search', 'web'].some((team) => may(some, ability, team));
        expect(mayAnywhere(some, ability)).toBe(somewhere);
      }),
    );
  });

  it('auditors read and change nothing', () => {
    const mine = (Object.keys(ABILITIES) as Ability[]).filter((ability) =>
      may([{ role: 'auditor', team: null }], ability, 'payments'),
    );
    expect(mine).toEqual(['read', 'readAudit']);
  });
});

it('says who may, and what somebody is', () => {
  expect(whoMay('manageMembers')).toBe('Only owners and admins invite people and change their roles.');
  expect(whoMay('decideGears')).toBe(
    'Only owners, admins, and leads (or those of the team) decide about gears.',
  );
  expect(describeGrants([])).toBe('no role yet');
  expect(
    describeGrants([
      { role: 'member', team: 'search' },
      { role: 'lead', team: 'payments' },
      { role: 'auditor', team: null },
    ]),
  ).toBe('auditor, lead of payments, member of search');
});
