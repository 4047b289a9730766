import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { giveRoleAction, takeRoleAction } from '@/lib/members/actions';
import type { MemberGrant, MemberPage } from '@/lib/members/types';
import { RoleChips } from './role-chips';
import { roleOptions, roleValue } from './role-options';

type Props = { org: string; page: MemberPage; teamName: (slug: string) => string };

/** What the person may do, and whence. */
export function MemberRoles({ org, page, teamName }: Props) {
  const { person, teams, cannotManage } = page;
  const hidden = { organisation: org, person: person.id };
  return (
    <section>
      <SectionHeading id="roles">Roles</SectionHeading>
      <Card aria-labelledby="roles">
        {person.grants.length === 0 ? (
          <p className="px-4 py-3 text-sm text-muted">None yet. Without a role one sees nothing.</p>
        ) : (
          <ul className="divide-y divide-line">
            {person.grants.map((grant) => (
              <li
                key={`${roleValue(grant)}${grant.source}`}
                className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm"
              >
                <span className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-x-2">
                  <RoleChips grants={[grant]} teamName={teamName} />
                  <span className="text-muted">{whence(grant)}</span>
                </span>
                {cannotManage === null && grant.source === 'hand' ? (
                  <ActionForm
                    action={takeRoleAction}
                    hidden={{ ...hidden, role: roleValue(grant) }}
                    className="flex flex-wrap items-center gap-2"
                  >
                    <FormMessage />
                    <SubmitButton size="small">
                      Take away<span className="sr-only"> {roleValue(grant)}</span>
                    </SubmitButton>
                  </ActionForm>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        {cannotManage === null ? (
          <ActionForm
            action={giveRoleAction}
            hidden={hidden}
            className="flex flex-wrap items-end gap-3 border-t border-line px-4 py-3"
          >
            <SelectField
              name="role"
              label="Another role"
              required
              defaultValue="member"
              options={roleOptions(teams)}
              className="basis-72"
            />
            <SubmitButton>Give the role</SubmitButton>
            <FormMessage />
          </ActionForm>
        ) : null}
      </Card>
    </section>
  );
}

function whence({ source }: MemberGrant): string {
  return source === 'hand' ? 'given by hand' : 'given by a group of the provider';
}
