import { expect, it } from 'vitest';
import { getsReport } from './recipients';

const owner = { role: 'owner', team: null } as const;
const leadOf = (team: string) => ({ role: 'lead', team }) as const;
const member = { role: 'member', team: null } as const;

it('who leads gets the report of what they lead, and no other, unless they ask for it', () => {
  expect(getsReport([owner], '', null)).toBe(true);
  expect(getsReport([owner], 'payments', null)).toBe(false);
  expect(getsReport([owner], 'payments', true)).toBe(true);
  expect(getsReport([leadOf('payments')], 'payments', null)).toBe(true);
  expect(getsReport([leadOf('payments')], '', null)).toBe(false);
  expect(getsReport([member], '', null)).toBe(false);
});

it('a choice stands above the role, and who has no role any more gets nothing', () => {
  expect(getsReport([owner], '', false)).toBe(false);
  expect(getsReport([member], '', true)).toBe(true);
  expect(getsReport([], '', true)).toBe(false);
});
