import type { Role } from '@/lib/domain/ability';
import { slugOf } from '@/lib/domain/slug';
import { SAMPLE_TEAMS } from './teams';

/** `login` is their handle on the forge, and what decisions name them by until they have an id; `team` is a slug. */
export type SamplePerson = { login: string; name: string; role: Role; team: string | null };

/** A name as a login: `Tomás Rivera` is `tomas-rivera`. */
export function loginOf(name: string): string {
  return slugOf(name.normalize('NFD').replace(/\p{M}/gu, ''));
}

const person = (name: string, role: Role, team: string | null = null): SamplePerson => ({
  login: loginOf(name),
  name,
  role,
  team,
});

/** Who the demo is signed in as. */
export const DEMO_PERSON = person('Dana Reyes', 'owner');

/** Answers for the agents, and agrees to run where a team's lead has. */
export const SPONSOR = person('Miriam Falk', 'admin');

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  DEMO_PERSON,
  SPONSOR,
  person('Gabriel Stone', 'auditor'),
  ...SAMPLE_TEAMS.flatMap(({ slug, lead, members }) => [
    person(lead, 'lead', slug),
    ...members.map((name) => person(name, 'member', slug)),
  ]),
];
