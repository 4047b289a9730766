import { pageGroups } from './pages';
import { paths } from './paths';

export type PaletteItem = { group: 'Pages' | 'Teams' | 'Lanes'; label: string; href: string };

export type PaletteSource = {
  org: string;
  teams: { slug: string; name: string }[];
  categories: { key: string; name: string }[];
};

/** Everything one may jump to. A lane is a team and a category. */
export function listPaletteItems({ org, teams, categories }: PaletteSource): PaletteItem[] {
  const pages = pageGroups
    .flat()
    .map(({ label, path }) => ({ group: 'Pages', label, href: path(org) }) as const);
  const teamItems = teams.map(
    (team) => ({ group: 'Teams', label: team.name, href: paths.team(org, team.slug) }) as const,
  );
  const laneItems = teams.flatMap((team) =>
    categories.map(
      (category) =>
        ({
          group: 'Lanes',
          label: `${team.name} · ${category.name}`,
          href: paths.lane(org, team.slug, category.key),
        }) as const,
    ),
  );
  return [...pages, ...teamItems, ...laneItems];
}
