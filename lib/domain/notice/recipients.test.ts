import { describe, expect, it } from 'vitest';
import { getsAlert, getsReport } from './recipients';

const owner = { role: 'owner', team: null } as const;
const leadOf = (team: string) => ({ role: 'lead', team }) as const;
const member = { role: 'member', team: null } as const;

describe('a report', () => {
  it('goes to who leads what it is of, and to nobody else, unless they ask for it', () => {
    expect(getsReport([owner], '', null)).toBe(true);
    expect(getsReport([owner], 'payments', null)).toBe(false);
    expect(getsReport([owner], 'payments', true)).toBe(true);
    expect(getsReport([leadOf('payments')], 'payments', null)).toBe(true);
    expect(getsReport([leadOf('payments')], '', null)).toBe(false);
    expect(getsReport([member], '', null)).toBe(false);
  });

  it('follows a choice before the role, and who has no role any more gets nothing', () => {
    expect(getsReport([owner], '', false)).toBe(false);
    expect(getsReport([member], '', true)).toBe(true);
    expect(getsReport([], '', true)).toBe(false);
  });
});

describe('an alert', () => {
  const led = { team: 'payments', isLed: true };
  const unled = { team: 'payments', isLed: false };
  const nothing = { ofTeam: null, ofAll: null };

  it('goes to who leads the team and, where nobody does, to who leads the organisation', () => {
    expect(getsAlert([leadOf('payments')], led, nothing)).toBe(true);
    expect(getsAlert([leadOf('search')], led, nothing)).toBe(false);
    expect(getsAlert([owner], led, nothing)).toBe(false);
    expect(getsAlert([owner], unled, nothing)).toBe(true);
    expect(getsAlert([owner], { team: '', isLed: false }, nothing)).toBe(true);
    expect(getsAlert([member], unled, nothing)).toBe(false);
  });

  it('follows what was said about the team before what was said about all', () => {
    expect(getsAlert([owner], led, { ofTeam: null, ofAll: true })).toBe(true);
    expect(getsAlert([owner], led, { ofTeam: false, ofAll: true })).toBe(false);
    expect(getsAlert([owner], unled, { ofTeam: null, ofAll: false })).toBe(false);
    expect(getsAlert([leadOf('payments')], led, { ofTeam: false, ofAll: null })).toBe(false);
    expect(getsAlert([leadOf('payments')], led, { ofTeam: null, ofAll: false }), 'one leads it').toBe(true);
    expect(getsAlert([], led, { ofTeam: true, ofAll: true })).toBe(false);
  });
});
