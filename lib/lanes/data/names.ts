import type { Gear } from '@/lib/domain/gear';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { CategoryColumn, Risk } from '../types';

/** Teams and categories of an organisation, by the names people know them by. */
export type Names = {
  teams: { slug: string; name: string }[];
  categories: CategoryColumn[];
  team(slug: string): string;
  category(key: string): string;
};

export async function namesOf(tx: Tx, orgId: OrgId): Promise<Names> {
  const teams = await tx.team.findMany({
    where: { orgId },
    orderBy: { name: 'asc' },
    select: { slug: true, name: true },
  });
  const rows = await tx.category.findMany({
    where: { orgId },
    orderBy: { position: 'asc' },
    omit: { orgId: true, position: true },
  });
  const categories = rows.map((row) => ({ ...row, risk: row.risk as Risk, ceiling: row.ceiling as Gear }));
  const teamNames = new Map(teams.map(({ slug, name }) => [slug, name]));
  const categoryNames = new Map(categories.map(({ key, name }) => [key, name]));
  return {
    teams,
    categories,
    team: (slug) => teamNames.get(slug) ?? slug,
    category: (key) => categoryNames.get(key) ?? key,
  };
}
