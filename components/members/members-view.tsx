import { EmptyState } from '@/components/layout/empty-state';
import { FilterForm, FilterSearch } from '@/components/layout/filter-form';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { formatCount, plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import type { MembersPage } from '@/lib/members/types';
import { findPeople } from './find-people';
import { InvitationList } from './invitation-list';
import { InviteForm } from './invite-form';
import { MembersTable } from './members-table';

function titleOf({ people }: MembersPage): string {
  const active = people.filter(({ removedAt }) => removedAt === null);
  const owners = active.filter(({ grants }) => grants.some(({ role }) => role === 'owner'));
  return `${plural(active.length, 'person', 'people')}, ${plural(owners.length, 'owner')}.`;
}

/** A list of so many is read at a glance. */
const FEW = 10;

export function MembersView({ org, page, typed }: { org: string; page: MembersPage; typed: string }) {
  const { people, invitations, teams, cannotManage } = page;
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  const teamName = (slug: string) => names.get(slug) ?? slug;
  const found = findPeople(people, typed);
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
        <div>
          {people.length > FEW || typed ? (
            <FilterForm
              action={paths.members(org)}
              label="Find people"
              isFiltered={typed !== ''}
              aside={
                typed ? `${formatCount(found.length)} of ${plural(people.length, 'person', 'people')}` : null
              }
            >
              <FilterSearch value={typed} placeholder="Name or e-mail" />
            </FilterForm>
          ) : null}
          {found.length === 0 ? (
            <EmptyState title="Nobody is called that.">
              <TextLink href={paths.members(org)}>Show everybody</TextLink>
            </EmptyState>
          ) : (
            <Card>
              <MembersTable org={org} people={found} teamName={teamName} />
            </Card>
          )}
        </div>
      </div>
    </>
  );
}
