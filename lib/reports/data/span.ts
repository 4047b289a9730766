import type { Named } from '@/lib/domain/report/content';
import type { Names } from '@/lib/lanes/data/names';

/** A span of time: `from` included, `to` not. */
export type Span = { from: Date; to: Date };

/** A lane by the names people know it by. */
export function placeOf(names: Names, team: string, category: string): { team: Named; category: Named } {
  return {
    team: { slug: team, name: names.team(team) },
    category: { slug: category, name: names.category(category) },
  };
}
