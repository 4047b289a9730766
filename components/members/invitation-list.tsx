import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { describeGrants } from '@/lib/domain/ability';
import { revokeInvitationAction } from '@/lib/members/actions';
import type { InvitationRow } from '@/lib/members/types';

type Props = {
  org: string;
  invitations: readonly InvitationRow[];
  teamName: (slug: string) => string;
  mayRevoke: boolean;
};

/** Who was asked to join and has not answered. */
export function InvitationList({ org, invitations, teamName, mayRevoke }: Props) {
  if (invitations.length === 0) return null;
  return (
    <section>
      <SectionHeading id="invitations">Invited</SectionHeading>
      <Card aria-labelledby="invitations">
        <ul className="divide-y divide-line">
          {invitations.map(({ id, name, email, grants, invitedBy, expiresAt, expired }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  <bdi>{name}</bdi>
                  {expired ? <Chip tone="amber">expired</Chip> : null}
                </p>
                <p className="text-muted wrap-anywhere">
                  {email ? `${email} · ` : ''}
                  {describeGrants(grants, teamName)} · by <bdi>{invitedBy}</bdi> ·{' '}
                  {expired ? 'expired' : 'expires'} <Time at={expiresAt} style="due" />
                </p>
              </div>
              {mayRevoke ? (
                <ActionForm
                  action={revokeInvitationAction}
                  hidden={{ organisation: org, invitation: id }}
                  className="flex flex-wrap items-center gap-2"
                >
                  <SubmitButton size="small">
                    Take back<span className="sr-only"> the invitation of {name}</span>
                  </SubmitButton>
                  <FormMessage />
                </ActionForm>
              ) : null}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
