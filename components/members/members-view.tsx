import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { plural } from '@/components/ui/numbers';
import type { MembersPage } from '@/lib/members/types';
import { InvitationList } from './invitation-list';
import { InviteForm } from './invite-form';
import { MembersTable } from './members-table';

function titleOf({ people }: MembersPage): string {
  const active = people.filter(({ removedAt }) => removedAt === null);
  const owners = active.filter(({ grants }) => grants.some(({ role }) => role === 'owner'));
  return `${plural(active.length, 'person', 'people')}, ${plural(owners.length, 'owner')}.`;
}

export function MembersView({ org, page }: { org: string; page: MembersPage }) {
  const { people, invitations, teams, cannotManage } = page;
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  const teamName = (slug: string) => names.get(slug) ?? slug;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Settings', href: paths.settings(org) }]}
        title={titleOf(page)}
        lead="People hold roles in the organisation or in a team, and may do what any of their roles allows. Run takes two people who may decide."
      />
      <div className="flex max-w-5xl flex-col gap-6">
        {cannotManage ? (
          <Notice>{cannotManage}</Notice>
        ) : (
          <Card aria-label="Invite somebody" className="px-4 py-3">
            <Details summary="Invite somebody" open={people.length < 2}>
              <div className="mt-3 mb-1">
                <InviteForm org={org} teams={teams} />
              </div>
            </Details>
          </Card>
        )}
        <InvitationList {...{ org, invitations, teamName }} mayRevoke={cannotManage === null} />
        <Card>
          <MembersTable org={org} people={people} teamName={teamName} />
        </Card>
      </div>
    </>
  );
}
