import { paths } from '@/components/layout/paths';
import { Chip } from '@/components/ui/chip';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { MemberRow } from '@/lib/members/types';
import { RoleChips } from './role-chips';

type Props = { org: string; people: readonly MemberRow[]; teamName: (slug: string) => string };

export function MembersTable({ org, people, teamName }: Props) {
  return (
    <DataTable label="People">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Roles</Th>
          <Th>Signs in by</Th>
          <Th>Last seen</Th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ id, name, email, grants, removedAt, breakGlass, signsInBy, lastSeenAt }) => (
          <tr key={id}>
            <Td>
              <span className="flex flex-wrap items-center gap-2">
                <TextLink quiet href={paths.member(org, id)} className="font-medium">
                  <bdi>{name}</bdi>
                </TextLink>
                {removedAt ? <Chip tone="red">removed</Chip> : null}
                {breakGlass ? <Chip tone="amber">break glass</Chip> : null}
              </span>
              {email ? <span className="block text-xs text-muted wrap-anywhere">{email}</span> : null}
            </Td>
            <Td>
              <RoleChips grants={grants} teamName={teamName} />
            </Td>
            <Td className="text-muted">{signsInBy.join(', ') || 'one-time link'}</Td>
            <Td className="text-muted">{lastSeenAt ? <Time at={lastSeenAt} /> : 'never'}</Td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
