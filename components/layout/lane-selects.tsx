import { FilterSelect } from './filter-form';

export type LaneChoices = {
  teams: { slug: string; name: string }[];
  categories: { key: string; name: string }[];
};

type TeamProps = Pick<LaneChoices, 'teams'> & { value: string | undefined };

export function TeamSelect({ teams, value }: TeamProps) {
  return (
    <FilterSelect
      name="team"
      label="Team"
      value={value}
      all="All teams"
      options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
    />
  );
}

type Props = LaneChoices & { filters: { team?: string | undefined; category?: string | undefined } };

/** The two that name a lane. */
export function LaneSelects({ teams, categories, filters }: Props) {
  return (
    <>
      <TeamSelect teams={teams} value={filters.team} />
      <FilterSelect
        name="category"
        label="Kind of work"
        value={filters.category}
        all="All kinds"
        options={categories.map(({ key, name }) => ({ value: key, label: name }))}
      />
    </>
  );
}
