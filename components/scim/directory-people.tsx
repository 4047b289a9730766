import { paths } from '@/components/layout/paths';
import { Chip } from '@/components/ui/chip';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/text-link';
import { describeGrants } from '@/lib/domain/ability';
import type { DirectoryView } from '@/lib/scim/types';

type Props = {
  org: string;
  people: DirectoryView['people'];
  /** How many users there are, listed or not. */
  total: number;
  teams: readonly { slug: string; name: string }[];
};

/** Whom the directory or a sign-in has named, and which roles their groups give them. */
export function DirectoryPeople({ org, people, total, teams }: Props) {
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  return (
    <div className="border-t border-line">
      <h3 className="px-4 pt-3 text-sm font-semibold">Who lands where</h3>
      {people.length === 0 ? (
        <p className="px-4 pt-1 pb-3 text-sm text-muted">
          Nobody has signed in through it or was provisioned yet. Whoever is will stand here, with their
          groups and the roles that these give.
        </p>
      ) : (
        <Landed {...{ org, people, total, names }} />
      )}
    </div>
  );
}

type LandedProps = Omit<Props, 'teams'> & { names: ReadonlyMap<string, string> };

function Landed({ org, people, total, names }: LandedProps) {
  const without = people.filter(({ roles }) => roles.length === 0).length;
  return (
    <>
      <p className="px-4 pt-1 pb-2.5 text-sm text-muted">
        {total > people.length ? `The first ${people.length} of ${total}. ` : ''}
        {without === 0
          ? 'The groups of everybody listed give a role.'
          : `${without} of ${people.length} listed are in no group that gives a role.`}
      </p>
      <DataTable label="Who lands where">
        <thead>
          <tr>
            <Th>Person</Th>
            <Th>Groups</Th>
            <Th>Roles by group</Th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ personId, name, userName, active, groups, roles }) => (
            <tr key={personId}>
              <Td>
                <span className="flex flex-wrap items-center gap-2">
                  <TextLink quiet href={paths.member(org, personId)} className="font-medium">
                    <bdi>{name}</bdi>
                  </TextLink>
                  {active ? null : <Chip tone="red">switched off</Chip>}
                </span>
                <span className="block text-xs text-muted wrap-anywhere">{userName}</span>
              </Td>
              <Td className="text-muted wrap-anywhere">{groups.join(', ') || 'none'}</Td>
              <Td className={roles.length === 0 ? 'text-amber' : undefined}>
                {roles.length === 0 ? 'none' : describeGrants(roles, (slug) => names.get(slug) ?? slug)}
              </Td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </>
  );
}
