import { expect, test } from 'vitest';
import { type Deciders, explainSecondApproval } from './ability';

const decider = (personId: string, addresses: string[] = [], handles: string[] = []) =>
  [personId, { personId, addresses, handles }] as const;
const people: Deciders = new Map([
  decider('ana', ['ana@acme.test']),
  decider('ana at github', ['ANA@acme.test'], ['ana']),
  decider('ben', ['ben@acme.test'], ['ben']),
]);
const agreed = (personId: string, person: string) => ({ personId, person });

test('whoever has not agreed may, also after somebody else', () => {
  expect(explainSecondApproval('ana', { to: 'run', approvals: [] }, people)).toBeNull();
  expect(explainSecondApproval('ana', { to: 'run', approvals: [agreed('ben', 'Ben')] }, people)).toBeNull();
});

test('nobody agrees twice', () => {
  const approvals = [agreed('ben', 'Ben'), agreed('ana', 'Ana')];
  expect(explainSecondApproval('ana', { to: 'walk', approvals }, people)).toBe('You have agreed already.');
  expect(explainSecondApproval('ana', { to: 'run', approvals }, people)).toBe(
    'You have agreed already. Promotion to run needs a second approver.',
  );
});

test('somebody who came through two providers counts as one person', () => {
  const approvals = [agreed('ben', 'Ben'), agreed('ana at github', 'Ana G.')];
  expect(explainSecondApproval('ana', { to: 'run', approvals }, people)).toBe(
    'Ana G. has agreed already and has your address or login: you count as one person. Promotion to run needs a second approver.',
  );
});

test('a person whom nobody knows any more counts only as themselves', () => {
  expect(explainSecondApproval('gone', { to: 'run', approvals: [agreed('ben', 'Ben')] }, people)).toBeNull();
  expect(explainSecondApproval('ana', { to: 'run', approvals: [agreed('gone', 'G')] }, people)).toBeNull();
});
