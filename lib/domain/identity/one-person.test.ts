import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Approver, isOnePerson } from './one-person';

const bob = (given: Partial<Approver> = {}): Approver => ({
  personId: 'bob',
  addresses: ['bob@acme.example'],
  handles: [],
  ...given,
});

it('people who share an address or a login count as one, in whatever case', () => {
  expect(isOnePerson(bob(), bob({ personId: 'bob again', addresses: ['BOB@Acme.example '] }))).toBe(true);
  const byLogin = { addresses: [], handles: ['bob-builder'] };
  expect(isOnePerson(bob(byLogin), bob({ ...byLogin, personId: 'b', handles: ['@Bob-Builder'] }))).toBe(true);
  expect(isOnePerson(bob(), bob({ addresses: ['robert@acme.example'] }))).toBe(true);
});

it('people who share neither are two, and so are people of whom nothing is known', () => {
  expect(isOnePerson(bob(), bob({ personId: 'ana', addresses: ['ana@acme.example'] }))).toBe(false);
  const unknown = { addresses: [], handles: [] };
  expect(isOnePerson(bob(unknown), bob({ ...unknown, personId: 'ana' }))).toBe(false);
  const blank = { addresses: ['', ' '], handles: ['', '@'] };
  expect(isOnePerson(bob(blank), bob({ ...blank, personId: 'ana' }))).toBe(false);
  expect(isOnePerson(bob({ handles: ['ana'] }), bob({ personId: 'a', addresses: ['ana'] }))).toBe(false);
});

it('everybody is one with themselves, and who is one with somebody, that one is with them', () => {
  const few = (...of: string[]) => fc.array(fc.constantFrom(...of), { maxLength: 3 });
  const person = fc.record({
    personId: fc.constantFrom('a', 'b', 'c'),
    addresses: few('a@x.example', 'A@x.example', 'b@x.example', ''),
    handles: few('ana', '@Ana', 'ben', ''),
  });
  fc.assert(
    fc.property(person, person, (one, other) => {
      expect(isOnePerson(one, one)).toBe(true);
      expect(isOnePerson(one, other)).toBe(isOnePerson(other, one));
      const shares = one.addresses.some((address) => address !== '' && other.addresses.includes(address));
      if (shares) expect(isOnePerson(one, other)).toBe(true);
    }),
  );
});
