import { ActionForm } from '@/components/layout/action-form';
import { roleOptions, roleValue } from '@/components/members/role-options';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { mapGroupAction, unmapGroupAction } from '@/lib/sso/actions';
import type { ConnectionPage } from '@/lib/sso/types';
import { SmallForm } from './small-form';

/** What membership of the provider's groups gives. */
export function GroupsSection({ org, connection }: { org: string; connection: ConnectionPage }) {
  const { id, mappings, teams, cannotManage } = connection;
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  return (
    <section>
      <SectionHeading id="groups">Groups</SectionHeading>
      <Card aria-labelledby="groups">
        {mappings.length === 0 ? (
          <p className="px-4 py-3 text-sm text-muted">
            No group gives a role yet. Whoever joins without one sees nothing until somebody gives them a
            role.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {mappings.map((mapping) => (
              <li
                key={mapping.id}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm"
              >
                <span className="min-w-0 flex-1 basis-56 wrap-anywhere">
                  <bdi className="font-medium">{mapping.group}</bdi>
                  <span className="text-muted"> gives </span>
                  <bdi>
                    {mapping.team === null
                      ? mapping.role
                      : `${mapping.role} of ${names.get(mapping.team) ?? mapping.team}`}
                  </bdi>
                  {mapping.people === 0 ? (
                    <span className="block text-xs text-amber">
                      No one who has signed in is in this group.
                    </span>
                  ) : (
                    <span className="block text-xs text-muted">
                      {plural(mapping.people, 'person', 'people')}
                    </span>
                  )}
                </span>
                {cannotManage ? null : (
                  <SmallForm action={unmapGroupAction} hidden={{ organisation: org, mapping: mapping.id }}>
                    Take back<span className="sr-only"> {`${mapping.group} ${roleValue(mapping)}`}</span>
                  </SmallForm>
                )}
              </li>
            ))}
          </ul>
        )}
        {cannotManage ? null : (
          <ActionForm
            action={mapGroupAction}
            hidden={{ organisation: org, connection: id }}
            className="flex flex-wrap items-end gap-3 border-t border-line px-4 py-3"
          >
            <TextField
              name="group"
              label="Group"
              required
              maxLength={300}
              placeholder="payments-leads"
              className="basis-56"
            />
            <SelectField
              name="role"
              label="Gives"
              required
              defaultValue="member"
              options={roleOptions(teams)}
              className="basis-64"
            />
            <SubmitButton>Map it</SubmitButton>
            <FormMessage />
          </ActionForm>
        )}
      </Card>
    </section>
  );
}
