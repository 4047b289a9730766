import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Notice } from '@/components/ui/notice';
import { describeGrants } from '@/lib/domain/ability';
import type { MemberPage } from '@/lib/members/types';
import { MemberAccess } from './member-access';
import { MemberBreakGlass } from './member-break-glass';
import { MemberConnect } from './member-connect';
import { MemberRoles } from './member-roles';
import { MemberSessions } from './member-sessions';

/** One person: what they may do, where they are signed in, and the way out. */
export function MemberView({ org, page }: { org: string; page: MemberPage }) {
  const { person, isSelf, sessions, teams, cannotManage, connectable, mayLetBreakGlass } = page;
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  const teamName = (slug: string) => names.get(slug) ?? slug;
  const roles = describeGrants(person.grants, teamName);
  return (
    <>
      <PageHeader
        trail={[
          { label: 'Settings', href: paths.settings(org) },
          { label: 'People', href: paths.members(org) },
        ]}
        title={<bdi>{person.name}</bdi>}
        lead={`${person.removedAt ? 'May not sign in. ' : ''}${isSelf ? 'That is you: ' : ''}${roles}.`}
      />
      <div className="flex max-w-3xl flex-col gap-6">
        {cannotManage ? <Notice>{cannotManage}</Notice> : null}
        <MemberRoles org={org} page={page} teamName={teamName} />
        {sessions ? <MemberSessions org={org} person={person.id} sessions={sessions} /> : null}
        {connectable.length > 0 ? (
          <MemberConnect org={org} person={person} connectable={connectable} />
        ) : null}
        {mayLetBreakGlass ? <MemberBreakGlass org={org} person={person} /> : null}
        {cannotManage === null && !isSelf ? <MemberAccess org={org} person={person} /> : null}
      </div>
    </>
  );
}
