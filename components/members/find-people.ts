import type { MemberRow } from '@/lib/members/types';

/** People whose name or e-mail holds every word that was typed. */
export function findPeople<P extends Pick<MemberRow, 'name' | 'email'>>(
  people: readonly P[],
  typed: string,
): P[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return people.filter(({ name, email }) => {
    const text = `${name} ${email ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
