import { Chip, type Tone } from '@/components/ui/chip';
import type { Role } from '@/lib/domain/ability';
import type { MemberGrant } from '@/lib/members/types';

const tone: Readonly<Record<Role, Tone>> = {
  owner: 'green',
  admin: 'blue',
  lead: 'blue',
  member: 'quiet',
  auditor: 'amber',
};

type Props = { grants: readonly MemberGrant[]; teamName: (slug: string) => string };

export function RoleChips({ grants, teamName }: Props) {
  if (grants.length === 0) return <span className="text-sm text-muted">no role yet</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {grants.map(({ role, team, source }) => (
        <Chip key={`${role}${team}${source}`} tone={tone[role]}>
          <bdi>{team === null ? role : `${role} of ${teamName(team)}`}</bdi>
        </Chip>
      ))}
    </span>
  );
}
