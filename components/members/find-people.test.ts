import { expect, it } from 'vitest';
import { findPeople } from './find-people';

const people = [
  { name: 'Dana Reyes', email: 'dana@northwind.example' },
  { name: 'Åse Ek', email: null },
  { name: 'Dan Brown', email: 'brown@acme.example' },
];

it.each([
  ['', ['Dana Reyes', 'Åse Ek', 'Dan Brown']],
  ['DAN', ['Dana Reyes', 'Dan Brown']],
  ['brown dan', ['Dan Brown']],
  ['northwind', ['Dana Reyes']],
  ['åse', ['Åse Ek']],
  ['null', []],
])('%j finds %j', (typed, names) => {
  expect(findPeople(people, typed).map(({ name }) => name)).toEqual(names);
});
