import { slugOf } from '@/lib/domain/slug';
import type { Role } from '@/lib/platform/ctx';
import { SAMPLE_TEAMS } from './teams';

/** `login` is their handle on the forge, and what decisions name them by until they have an id. */
export type SamplePerson = { login: string; name: string; role: Role };

/** A name as a login: `Tomás Rivera` is `tomas-rivera`. */
export function loginOf(name: string): string {
  return slugOf(name.normalize('NFD').replace(/\p{M}/gu, ''));
}

const person = (name: string, role: Role): SamplePerson => ({ login: loginOf(name), name, role });

/** Who the demo is signed in as. */
export const DEMO_PERSON = person('Dana Reyes', 'owner');

/** Answers for the agents, and agrees to run where a team's lead has. */
export const SPONSOR = person('Miriam Falk', 'admin');

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  DEMO_PERSON,
  SPONSOR,
  person('Gabriel Stone', 'auditor'),
  ...SAMPLE_TEAMS.flatMap(({ lead, members }) => [
    person(lead, 'lead'),
    ...members.map((name) => person(name, 'member')),
  ]),
];
